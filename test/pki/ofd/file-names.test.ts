import { expect, test } from 'vitest'
import { FileNames } from '../../../pki/ofd/file-names.ts'
import { codeOf } from '../../support/code.ts'

const namesOf = (...paths: readonly string[]) => new FileNames(new Map(paths.map((path) => [path, new Uint8Array()])))

test('a word names every file whose path ends as it does, however it is written', () => {
  const names = namesOf('/Doc_0/Res/a b.xml', '/Doc_1/Res/A B.xml', '/a b.xml.bak', '/Doc_0/Res/x.xml')
  const both = ['/Doc_0/Res/a b.xml', '/Doc_1/Res/A B.xml']
  for (const word of ['a b.xml', ' a%20b.xml ', 'RES\\A B.XML', '../Res/./a b.xml', '/y/../Res/a b.xml'])
    expect([word, names.named(word)]).toEqual([word, both])
  expect(names.named('/Doc_1/Res/a b.xml')).toEqual(['/Doc_1/Res/A B.xml'])
  for (const word of ['', ' ', '/', 'b.xml', 'es/a b.xml', '%zz', 'x'.repeat(513)])
    expect([word, names.named(word)]).toEqual([word, []])
})

test('names are compared a hundred million times for one package, and no more', () => {
  const names = namesOf(...Array.from({ length: 20_000 }, (_, i) => `/${i}/a.xml`))
  for (let i = 0; i < 5_000; i++) names.named('z/a.xml')
  expect(codeOf(() => names.named('z/a.xml'))).toBe('TOO_LARGE')
})
