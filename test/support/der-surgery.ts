import { openDer } from '../../pki/der/reader.ts'
import { encodeElement, encodeNull } from '../../pki/der/writer.ts'

/** DER with one thing changed in it, and where: the positions of the elements on the way, `1.0.2`. */
export interface Altered {
  readonly at: string
  readonly der: Uint8Array
}

/**
 * One element with a NULL put at the end of it or of any constructed element inside it, each once.
 * @param isOpaque of what is to stay as it is, by place
 */
export function withOneMore(der: Uint8Array, isOpaque: (at: string) => boolean = () => false, at = '0'): readonly Altered[] {
  const tag = der[0] ?? 0
  if ((tag & 0x20) === 0 || isOpaque(at)) return []
  const parts = elementsIn(der)
  const own = { at, der: encodeElement(tag, ...parts, encodeNull()) }
  const inner = parts.flatMap((part, i) =>
    withOneMore(part, isOpaque, `${at}.${i}`).map((one) => ({
      at: one.at,
      der: encodeElement(tag, ...parts.slice(0, i), one.der, ...parts.slice(i + 1)),
    })),
  )
  return [own, ...inner]
}

/** The elements of a constructed element, encoded. */
export function elementsIn(der: Uint8Array): readonly Uint8Array[] {
  const content = openDer(der).any().content
  const parts: Uint8Array[] = []
  const reader = openDer(content)
  while (!reader.isEmpty()) parts.push(Uint8Array.from(reader.any().encoded))
  return parts
}
