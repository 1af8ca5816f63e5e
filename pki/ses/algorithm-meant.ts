import { SM2_WITH_SM3 } from '../signature-algorithms.ts'

/** GM/T 0006: the signature algorithm of SM2 and its curve, by which some systems name what they sign with; SM3 goes with it. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  '1.2.156.10197.1.301.1': SM2_WITH_SM3,
  '1.2.156.10197.1.301': SM2_WITH_SM3,
}

/** The algorithm an OID in a seal or signature means. */
export function algorithmMeant(oid: string): string {
  return OTHER_NAMES[oid] ?? oid
}
