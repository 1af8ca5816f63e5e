import { splitOrganization } from '../../../model/credit-code.ts'
import type { SealDescription } from '../../../model/facts.ts'
import { classOf, divisionOfSealCode, kindOf } from '../../../model/seal.ts'
import { kindOfBytes } from '../../../pki/ses/kind.ts'
import { certificateOrNull } from '../../../pki/ses/readable-certificate.ts'
import { decodeSeal, type Seal } from '../../../pki/ses/seal.ts'
import { sealStamp } from '../../../pki/ses/signature-stamp.ts'
import type { StampReading } from '../../../pki/ses/time-stamp-check.ts'
import { verifySeal } from '../../../pki/ses/verify-seal.ts'
import { sm3Hex } from '../../../pki/sm3.ts'
import type { TimeStamp } from '../../../pki/timestamp/verify-token.ts'
import { fingerprintOf } from '../../../pki/x509/certificate.ts'
import { attributesOf } from '../../../pki/x509/name.ts'
import type { SealOwner, SealReading } from '../facts.ts'
import { decodeBytes, factChecks, unreadable } from './bytes.ts'
import { certificatesOfStamp, describeStamp } from './time-stamp.ts'

/**
 * Reads and checks a seal (`.esl`), registered or not. Broken bytes still give a reading: `format` null and a FAILED SEAL_FORMAT.
 * @throws HubError UNREADABLE for bytes that are no seal at all, TOO_LARGE over 5 MiB or a count the structure may not have.
 */
export function inspectSealBytes(bytes: Uint8Array): SealReading {
  if (kindOfBytes(bytes) !== 'SEAL') throw unreadable('不是电子印章数据', 'these bytes are no electronic seal')
  const { value: seal, fault } = decodeBytes(() => decodeSeal(bytes))
  if (seal !== null) return readingOfSeal(seal)
  return {
    subject: 'SEAL',
    digest: sm3Hex(bytes),
    format: null,
    checks: [{ check: 'SEAL_FORMAT', object: 'seal', outcome: 'FAILED', detail: fault }],
    seal: null,
    vendor: null,
    version: null,
    picture: null,
    owner: null,
    certificates: [],
    makerFingerprint: null,
    signerFingerprint: null,
  }
}

/**
 * The reading of a seal decoded already, such as the one inside a signature.
 * @param stamp what was found on its time-stamp, where that was asked already.
 */
export function readingOfSeal(seal: Seal, stamp: StampReading = sealStamp(seal)): SealReading {
  const { header, picture } = seal.eSealInfo
  const listed = listedCertificates(seal)
  const owner = commonOwner(listed)
  const digest = sm3Hex(seal.encoded)
  const { timeStamp } = stamp
  return {
    subject: 'SEAL',
    digest,
    format: seal.format,
    checks: factChecks(verifySeal(seal, stamp), seal.format),
    seal: describeSeal(seal, digest, owner !== null, timeStamp),
    vendor: header.vid,
    version: header.version,
    picture,
    owner,
    certificates: readable([seal.cert, ...listed, ...certificatesOfStamp(timeStamp)]),
    makerFingerprint: fingerprintOf(seal.cert),
    signerFingerprint: listed[0] ? fingerprintOf(listed[0]) : null,
  }
}

function describeSeal(seal: Seal, digest: string, namesUnit: boolean, timeStamp: TimeStamp | null): SealDescription {
  const { esID, property } = seal.eSealInfo
  const { certList } = property
  const kind = kindOf(seal.format, property.type)
  return {
    code: esID,
    name: property.name,
    format: seal.format,
    typeCode: property.type,
    kind,
    class: classOf(kind, namesUnit),
    division: divisionOfSealCode(esID),
    createdAt: property.createDate,
    validity: { from: property.validStart, until: property.validEnd },
    makerCertificate: fingerprintOf(seal.cert),
    signerCertificates:
      certList.certListType === 1
        ? certList.certs.map(fingerprintOf)
        : certList.digests.map(({ value }) => Buffer.from(value).toString('hex')),
    digest,
    timeStamp: describeStamp(timeStamp),
  }
}

function listedCertificates(seal: Seal): readonly Uint8Array[] {
  const { certList } = seal.eSealInfo.property
  return certList.certListType === 1 ? certList.certs : []
}

/** The unit that every listed certificate names in `O` by a valid credit code; one of them naming another is nobody's word. */
function commonOwner(certificates: readonly Uint8Array[]): SealOwner | null {
  const owners = certificates.map(ownerIn)
  const [first] = owners
  return first && owners.every((owner) => owner?.creditCode === first.creditCode) ? first : null
}

function ownerIn(der: Uint8Array): SealOwner | null {
  const certificate = certificateOrNull(der)
  const organizations = certificate === null ? [] : attributesOf(certificate.subject, 'O')
  return organizations.map(splitOrganization).find((owner) => owner !== null) ?? null
}

/** Those that are certificates, each once. */
export function readable(certificates: readonly Uint8Array[]): readonly Uint8Array[] {
  const byFingerprint = new Map(certificates.map((der) => [fingerprintOf(der), der]))
  return [...byFingerprint.values()].filter((der) => certificateOrNull(der) !== null)
}
