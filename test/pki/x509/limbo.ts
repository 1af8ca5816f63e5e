import { readFileSync } from 'node:fs'
import { decodePem } from '../../../pki/pem.ts'
import type { KeyUsage } from '../../../pki/x509/extension-constraints.ts'
import type { PathAnswer } from '../../../pki/x509/path.ts'
import { validatePath } from '../../../pki/x509/path.ts'
import type { PeerName } from '../../../pki/x509/peer-names.ts'
import { sharedFile } from '../../support/shared.ts'

/** One case in the schema of x509-limbo, which bettertls shares. */
export interface LimboCase {
  readonly id: string
  readonly trusted_certs: readonly string[]
  readonly untrusted_intermediates: readonly string[]
  readonly peer_certificate: string
  readonly validation_kind: 'SERVER' | 'CLIENT'
  readonly validation_time: string | null
  readonly key_usage: readonly KeyUsage[]
  readonly extended_key_usage: readonly string[]
  readonly expected_result: 'SUCCESS' | 'FAILURE'
  readonly expected_peer_name: PeerName | null
  readonly expected_peer_names: readonly PeerName[]
  readonly max_chain_depth: number | null
  readonly crls: readonly string[]
}

/** Cases that name no time were made to hold for long; any moment of theirs will do. */
const SOME_TIME = Date.UTC(2026, 5, 1)

export function limboCases(file: string): readonly LimboCase[] {
  const suite = JSON.parse(readFileSync(sharedFile(file), 'utf8')) as { readonly testcases: readonly LimboCase[] }
  return suite.testcases
}

/** Puts a case to the validator; revocation is required exactly where CRLs come with it. */
export function runLimbo(given: LimboCase): PathAnswer {
  const [endEntity = new Uint8Array()] = ders([given.peer_certificate])
  return validatePath({
    endEntity,
    intermediates: ders(given.untrusted_intermediates),
    anchors: ders(given.trusted_certs),
    at: given.validation_time === null ? SOME_TIME : Date.parse(given.validation_time),
    crls: ders(given.crls),
    revocation: given.crls.length > 0 ? 'required' : 'off',
    requiredKeyUsage: given.key_usage,
    requiredEku: given.extended_key_usage,
    peerNames: given.expected_peer_name ? [given.expected_peer_name] : given.expected_peer_names,
    budget: given.max_chain_depth === null ? {} : { depth: given.max_chain_depth },
  })
}

function ders(pems: readonly string[]): readonly Uint8Array[] {
  return pems.flatMap((pem) => decodePem(pem).map(({ der }) => der))
}
