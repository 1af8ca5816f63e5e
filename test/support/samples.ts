import { existsSync, readFileSync } from 'node:fs'
import { sharedFile } from './shared.ts'

/** One row of INDEX.tsv: what a sample is, and what an independent verifier found. */
export interface Sample {
  /** Below `samples/`. */
  readonly path: string
  readonly what: string
  readonly expected: string
}

/** The bytes of a file below `samples/`. */
export function sampleBytes(path: string): Uint8Array {
  return readFileSync(sharedFile(`samples/${path}`))
}

/** The rows of INDEX.tsv under a folder with a file name; empty where the samples are absent. */
export function samplesIn(folder: string, fileName: RegExp): readonly Sample[] {
  const index = sharedFile('samples/INDEX.tsv')
  if (!existsSync(index)) return []
  const rows = readFileSync(index, 'utf8').split('\n').slice(1)
  const samples = rows.map((row) => {
    const [path = '', what = '', expected = ''] = row.split('\t')
    return { path, what, expected }
  })
  return samples.filter(({ path }) => path.startsWith(`${folder}/`) && fileName.test(path))
}
