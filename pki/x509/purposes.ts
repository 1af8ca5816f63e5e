/** Key purposes with a name of RFC 5280 4.2.1.12 and RFC 6960. */
const PURPOSES: Readonly<Record<string, string>> = {
  anyExtendedKeyUsage: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  OCSPSigning: '1.3.6.1.5.5.7.3.9',
}

/** The OID of a purpose given by name; anything else is taken for an OID already. */
export function purposeOid(purpose: string): string {
  return PURPOSES[purpose] ?? purpose
}
