import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenFederation, openFederation, plain } from '../support/federation.ts'
import { abstractTypes, interfaceObject } from './federation/abstract.ts'
import { entityCall } from './federation/entity-call.ts'
import { keysMashup, manyEntities, nullKeys } from './federation/keys.ts'
import { conditions, inputs, mutations, typenames } from './federation/operations.ts'
import { requiresChain, requiresCircular, requiresNested } from './federation/requires.ts'
import { inaccessible, nestedProvides, overridden, sharedRoot } from './federation/sharing.ts'
import {
  interfaceObjectChain,
  manyRequires,
  partialUnion,
  providesOnUnion,
  typeMismatch,
  unionIntersection,
} from './federation/unions.ts'

const CASES = [
  entityCall,
  requiresChain,
  requiresCircular,
  requiresNested,
  keysMashup,
  nullKeys,
  manyEntities,
  abstractTypes,
  interfaceObject,
  sharedRoot,
  nestedProvides,
  overridden,
  inaccessible,
  mutations,
  conditions,
  inputs,
  typenames,
  unionIntersection,
  typeMismatch,
  providesOnUnion,
  interfaceObjectChain,
  partialUnion,
  manyRequires,
]

for (const over of ['local', 'http'] as const) {
  describe(`over ${over} subgraphs`, () => {
    for (const { title, federation, questions } of CASES) {
      describe(title, () => {
        let opened: OpenFederation
        beforeAll(async () => {
          opened = await openFederation(federation, over)
        })
        afterAll(() => opened.close())

        test.each(questions)('$query', async ({ query, variables, data, errors = [] }) => {
          for (const temperature of ['cold', 'warm']) {
            const answer = await opened.gateway.execute({ query, variables: variables ?? {} })
            expect(plain(answer.data ?? answer.errors), temperature).toEqual(data)
            expect(answer.errors?.map((error) => error.path) ?? []).toEqual(errors)
          }
        })
      })
    }
  })
}
