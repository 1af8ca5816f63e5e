import { type CheckRow, type Finding, judgeRemarks, type SesCheck } from './check-row.ts'
import { checkExtensions } from './extension-check.ts'
import { certificateOrNull } from './readable-certificate.ts'
import type { Seal } from './seal.ts'
import { sealFaults, sealQuirks, shown } from './seal-format.ts'
import { proveSignature } from './signature-proof.ts'
import { sealStamp } from './signature-stamp.ts'
import type { StampReading } from './time-stamp-check.ts'
import { validityAgrees } from './validity-agreement.ts'

/**
 * Everything of 验证电子印章 that bytes alone can tell (GM/T 0031-2014 §6.1.2 a–b, GB/T 38540-2020 §6.3 a–b, GM/T 0031-2025
 * a, b, f): format, the maker's signature, extensions, time-stamp. Certificates' paths and all that hangs on a moment is for the judge.
 * @param stamp what was found on the seal's time-stamp, where that was asked already.
 */
export function verifySeal(seal: Seal, stamp: StampReading = sealStamp(seal)): readonly CheckRow[] {
  const { eSealInfo, cert, signAlgID, signedBytes, signedValue } = seal
  const certificate = certificateOrNull(cert)
  const proof = proveSignature({ certificate, algorithm: signAlgID, message: signedBytes, value: signedValue })
  const object = `seal ${shown(eSealInfo.esID)}`
  const row = (check: SesCheck, found: Finding): CheckRow => ({ check, object, ...found })
  return [
    row('SEAL_FORMAT', judgeRemarks(sealFaults(seal, certificate !== null), sealQuirks(seal))),
    row('SEAL_ALGORITHM', proof.algorithm),
    row('SEAL_SIGNATURE', proof.value),
    row('SIGNATURE_ENCODING', proof.encoding),
    row('SEAL_EXTENSIONS', checkExtensions(eSealInfo.extDatas)),
    row('SEAL_TIME_STAMP', stamp.finding),
    row('SEAL_VALIDITY_AGREES', validityAgrees(eSealInfo.property)),
  ]
}
