import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'vitest'

const FOLDER = new URL('../../../shared/', import.meta.url)

/** Whether samples and vectors are beside the checkout. With CI=true their absence is a failure, found by the first test that opens one. */
export const hasShared = existsSync(FOLDER) || process.env.CI === 'true'

/** Path of a sample or vector: `sharedFile('samples/seals/UserV4.esl')`. */
export function sharedFile(path: string): string {
  return fileURLToPath(new URL(path, FOLDER))
}

/** A test over samples: reported as skipped where they are absent, failing for want of them with CI=true. */
export const testWithShared = test.runIf(hasShared)
