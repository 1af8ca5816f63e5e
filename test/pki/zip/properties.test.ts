import { type FileEntry, Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PkiError } from '../../../pki/error.ts'
import { readArchive } from '../../../pki/zip/archive.ts'
import { expand } from '../../../pki/zip/expand.ts'
import { type PlannedArchive, type PlannedEntry, zipOf } from '../../support/zip.ts'

type Contents = readonly (readonly [string, string])[]

const entry: fc.Arbitrary<PlannedEntry> = fc.record(
  {
    name: fc.stringMatching(/^[a-z印章]{1,8}(\/[a-z]{1,4}\.xml)?$/),
    content: fc.uint8Array({ maxLength: 300 }),
    method: fc.constantFrom(0, 8),
    descriptor: fc.constantFrom('signed', 'bare'),
    zip64: fc.boolean(),
    madeOn: fc.constantFrom(0, 3),
  },
  { requiredKeys: ['name', 'content'] },
)

const archive: fc.Arbitrary<PlannedArchive> = fc.record({
  entries: fc.uniqueArray(entry, { selector: ({ name }) => name, maxLength: 5 }),
  comment: fc.uint8Array({ maxLength: 5 }),
  zip64: fc.boolean(),
})

/** A change as accidents and attackers make them: some bytes others, a stretch repeated, dropped or moved in from elsewhere. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 80 }),
  kind: fc.constantFrom('flip', 'copy', 'drop', 'insert'),
  value: fc.integer({ min: 1, max: 255 }),
})

function changed(bytes: Uint8Array, { at, from, length, kind, value }: typeof change extends fc.Arbitrary<infer T> ? T : never) {
  const to = Math.floor(at * (bytes.length - 1))
  const source = Math.floor(from * (bytes.length - 1))
  const [head, tail] = [bytes.subarray(0, to), bytes.subarray(to)]
  if (kind === 'drop') return Buffer.concat([head, tail.subarray(length)])
  if (kind === 'insert') return Buffer.concat([head, bytes.subarray(source, source + length), tail])
  if (kind === 'copy') return Buffer.concat([head, bytes.subarray(source, source + length), tail.subarray(length)])
  return Buffer.concat([head, Uint8Array.of((tail[0] ?? 0) ^ value), tail.subarray(1)])
}

function ours(bytes: Uint8Array): Contents | null {
  try {
    const entries = readArchive(bytes, 1_000).filter(({ isDirectory }) => !isDirectory)
    return entries.map((one) => [one.name, Buffer.from(expand(one)).toString('base64')])
  } catch (error) {
    if (error instanceof PkiError) return null
    throw error
  }
}

async function outside(bytes: Uint8Array): Promise<Contents | null> {
  const reader = new ZipReader(new Uint8ArrayReader(bytes), { useWebWorkers: false, checkSignature: true })
  try {
    const files = (await reader.getEntries()).filter((one): one is FileEntry => !one.directory)
    const read = async (file: FileEntry) =>
      [file.filename, Buffer.from(await file.getData(new Uint8ArrayWriter())).toString('base64')] as const
    return await Promise.all(files.map(read))
  } catch {
    return null
  }
}

test('whatever is written reads as it was written, and as another reader has it', async () => {
  await fc.assert(
    fc.asyncProperty(archive, async (plan) => {
      const bytes = zipOf(plan)
      const written = plan.entries.map(({ name, content = [] }) => [name, Buffer.from(content).toString('base64')])
      expect(ours(bytes)).toEqual(written)
      expect(await outside(bytes)).toEqual(written)
    }),
    { numRuns: 150 },
  )
})

test('whatever was changed is refused, or read by another reader as by us', async () => {
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(archive, fc.array(change, { minLength: 1, maxLength: 3 }), async (plan, changes) => {
      const bytes = changes.reduce(changed, zipOf(plan))
      const read = ours(bytes)
      if (read === null) return
      accepted++
      expect((await outside(bytes)) ?? read).toEqual(read)
    }),
    { numRuns: 600 },
  )
  expect(accepted).toBeGreaterThan(0)
})

test('no bytes at all, however they begin and end, are met with anything but a coded refusal', () => {
  const end = Buffer.from('504b0506', 'hex')
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), fc.uint8Array({ maxLength: 40 }), (head, tail) => {
      for (const bytes of [head, Buffer.concat([head, end, tail]), Buffer.concat([head, end, tail.subarray(0, 18)])]) ours(bytes)
    }),
    { numRuns: 2_000 },
  )
})
