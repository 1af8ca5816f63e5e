import fc from 'fast-check'
import { expect, test } from 'vitest'
import { endCastsDoubtOnThePast, endWord, SERVICE_END_REASONS } from '../../model/service-end.ts'

const HARMLESS = ['CESSATION', 'MERGER', 'LICENCE_EXPIRED', 'REPLACEMENT', 'RENAME', 'SCOPE_CHANGED']

test.each(SERVICE_END_REASONS)('%s casts doubt on the past, or does not, whether it stands as code or before words', (code) => {
  const doubt = !HARMLESS.includes(code)
  expect(endCastsDoubtOnThePast({ code, reason: '' })).toBe(doubt)
  expect(endCastsDoubtOnThePast({ reason: code })).toBe(doubt)
  expect(endCastsDoubtOnThePast({ reason: `${code}：见函` })).toBe(doubt)
})

test('the words of a seal that ended are understood before other words too', () => {
  for (const word of ['END_OF_USE', 'RENEWAL', 'DISSOLUTION'])
    expect(endCastsDoubtOnThePast({ reason: `${word}：见函` })).toBe(false)
  for (const word of ['LOSS', 'ILLEGALLY_MADE']) expect(endCastsDoubtOnThePast({ reason: `${word}：见函` })).toBe(true)
  expect(endWord({ reason: 'RENEWAL：见函' })).toBe('RENEWAL')
  expect(endWord({ reason: 'URGENT：见函' })).toBe('URGENT：见函')
})

test('an end without a word casts none', () => {
  expect(endCastsDoubtOnThePast(undefined)).toBe(false)
  expect(endCastsDoubtOnThePast({ reason: '  ' })).toBe(false)
})

test('a code nobody here knows casts doubt, whatever the words beside it; so do words that begin with no code', () => {
  const known: readonly string[] = SERVICE_END_REASONS
  const strange = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '' && !/^\s*[A-Z]/.test(text))
  fc.assert(
    fc.property(strange, fc.constantFrom(...HARMLESS), (text, harmless) => {
      expect(endCastsDoubtOnThePast({ code: text, reason: harmless })).toBe(true)
      expect(endCastsDoubtOnThePast({ reason: text })).toBe(true)
      expect(known).not.toContain(text)
    }),
  )
  expect(endCastsDoubtOnThePast({ reason: 'MERGERS' })).toBe(true)
  expect(endCastsDoubtOnThePast({ reason: 'MERGER_OF_FORGERS' })).toBe(true)
  expect(endCastsDoubtOnThePast({ code: 'merger', reason: '' })).toBe(true)
})
