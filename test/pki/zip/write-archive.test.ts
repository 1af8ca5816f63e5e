import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readArchive } from '../../../pki/zip/archive.ts'
import { expand } from '../../../pki/zip/expand.ts'
import { writeArchive } from '../../../pki/zip/write-archive.ts'

const files = fc
  .uniqueArray(fc.tuple(fc.stringMatching(/^[a-z印章]{1,8}(\/[a-z]{1,4}\.xml)?$/), fc.uint8Array({ maxLength: 200 })), {
    selector: ([name]) => name,
    maxLength: 5,
  })
  .map((entries) => new Map(entries))

test('what is written reads as it was given, and is the same bytes when written again', () => {
  fc.assert(
    fc.property(files, (given) => {
      const bytes = writeArchive(given)
      const read = readArchive(bytes, 100).map((entry) => [entry.name, Buffer.from(expand(entry)).toString('hex')])
      expect(read).toEqual([...given].map(([name, content]) => [name, Buffer.from(content).toString('hex')]))
      expect(Buffer.compare(writeArchive(given), bytes)).toBe(0)
    }),
    { numRuns: 200 },
  )
})
