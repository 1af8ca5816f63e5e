import type { DistrustFacts } from '../../model/facts.ts'
import { sealFacts } from '../../model/sealed-facts.ts'
import { type DigestName, digestOf } from '../../pki/ses/digest-name.ts'
import { authorityKeyOf } from '../../pki/x509/authority-key.ts'
import type { DecodedCertificate } from './decoded-certificate.ts'
import { fallingAuthorities } from './falling-authorities.ts'
import type { CertificatesRoom } from './room.ts'

/** By these a seal may list a certificate. */
const DIGESTS: readonly DigestName[] = ['sha256', 'sm3', 'sha384', 'sha512']

/** `TrustImpact` as the gateway brings it here. */
interface Distrust {
  readonly fingerprint: string
  readonly from: string
}

interface KnownDistrust extends Distrust {
  /** How many CA certificates fall; null where the certificate itself is not known. */
  readonly authorities: number | null
  /** Sealed `DistrustFacts`; null with `authorities`. */
  readonly distrustFacts: string | null
}

/** The fields this room adds to `TrustImpact`: found together, asked once. */
export function distrustFields(room: CertificatesRoom): object {
  return {
    __resolveReference: async ({ fingerprint, from }: Distrust): Promise<KnownDistrust> => {
      const asked = await room.known.find(fingerprint)
      if (!asked) return { fingerprint, from, authorities: null, distrustFacts: null }
      const { authorities, complete } = await fallingAuthorities(asked, room)
      const facts: DistrustFacts = {
        digests: DIGESTS.map((name) => hexDigest(name, asked)),
        authorities: authorities.map(({ certificate }) => authorityKeyOf(certificate)),
        complete,
      }
      const label = { producer: 'certificates', type: 'DistrustFacts', entityId: fingerprint, producedAt: room.now() } as const
      return { fingerprint, from, authorities: authorities.length, distrustFacts: sealFacts(label, facts, room.factsKey) }
    },
  }
}

function hexDigest(name: DigestName, { der }: DecodedCertificate): string {
  return Buffer.from(digestOf(name, der)).toString('hex')
}
