const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const

/** GB 32100-2015: whether the text is a unified social credit code of 18 characters with a right check character. */
export function isCreditCode(text: string): boolean {
  if (text.length !== 18) return false
  let sum = 0
  for (const [i, weight] of WEIGHTS.entries()) {
    const value = ALPHABET.indexOf(text.charAt(i))
    if (value < 0) return false
    sum += value * weight
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31) === text.charAt(17)
}

/** GB 32100-2015 table 1: registered with the office of public sector reform (1) as an organ (1). Others may follow its rules, and need not. */
export function isOrganOfState(creditCode: string): boolean {
  return creditCode.startsWith('11')
}

/** The unified e-seal certificate profile puts `credit code + unit name` into `O`; null when it does not begin with a valid code. */
export function splitOrganization(organization: string): { creditCode: string; name: string } | null {
  const creditCode = organization.slice(0, 18)
  return isCreditCode(creditCode) ? { creditCode, name: organization.slice(18) } : null
}
