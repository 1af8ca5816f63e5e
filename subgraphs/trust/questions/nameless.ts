import type { CertificateFacts, DocumentFacts, FactCheck, PathFacts, SealFacts } from '../../../model/facts.ts'

/** Seal facts without names, codes and words: the judge decides by digests, divisions, classes and times. */
export function namelessSeal(facts: SealFacts): SealFacts {
  return {
    ...facts,
    checks: facts.checks.map(bare),
    seal: facts.seal && { ...facts.seal, code: '', name: '' },
    registration: facts.registration && {
      ...facts.registration,
      timeline: facts.registration.timeline.map((change) => ({ ...change, originAt: null })),
    },
  }
}

/** Path facts without subjects, issuers, numbers and words. */
export function namelessPaths({ certificates }: PathFacts): PathFacts {
  return { certificates: certificates.map(nameless) }
}

/** Document facts without labels and words. */
export function namelessDocument(facts: DocumentFacts): DocumentFacts {
  return {
    ...facts,
    checks: facts.checks.map(bare),
    signatures: facts.signatures.map(({ id }) => ({ id, label: '' })),
  }
}

function nameless(facts: CertificateFacts): CertificateFacts {
  return {
    ...facts,
    subject: '',
    issuer: '',
    serialNumber: '',
    paths: facts.paths.map((path) => ({ ...path, subjects: path.chain, checks: path.checks.map(bare) })),
    noPath: facts.noPath && { code: facts.noPath.code, detail: { zh: '', en: '' } },
  }
}

function bare({ check, outcome, format }: FactCheck): FactCheck {
  return { check, object: '', outcome, ...(format && { format }) }
}
