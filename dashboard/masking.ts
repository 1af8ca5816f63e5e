/** An identity number (GB 11643, 18 digits) or a mobile number, wherever it stands. */
const NUMBERS = /(?<!\d)(?:(\d{6})\d{8}(\d{3}[\dXx])|(1[3-9]\d)\d{4}(\d{4}))(?!\d)/g

/** Text for a page that may be printed and passed on: numbers of persons lose their middle. */
export function withoutPersonalNumbers(text: string): string {
  return text.replace(NUMBERS, (_, region, last, prefix, tail) => (region ? `${region}********${last}` : `${prefix}****${tail}`))
}

/** The name on a seal: units by their name, persons by the first character. */
export function maskedName(name: string, sealClass: string | null): string {
  return sealClass === 'PUBLIC' ? name : `${[...name][0] ?? ''}＊＊`
}
