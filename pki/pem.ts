import { decodeBase64 } from './base64.ts'
import { PkiError } from './error.ts'

/** RFC 7468: one block between BEGIN and END lines. */
export interface PemBlock {
  readonly label: string
  readonly der: Uint8Array
}

const MAXIMUM_CHARACTERS = 4 * 1024 * 1024
const MAXIMUM_BLOCKS = 1024
const MAXIMUM_LABEL = 64
const BEGIN = /^-----BEGIN ([A-Z0-9 ]*)-----$/
const LINE_CHARACTERS = 64

/**
 * Reads every block of a text (RFC 7468); text outside the blocks is ignored, as openssl writes it. Content is strict base64.
 * @param label keeps only blocks of this label, 'CERTIFICATE' for instance; the others must still be well formed.
 * @throws PkiError PEM (no end line, header lines, no strict base64), TOO_LARGE (over 4 MiB or 1024 blocks)
 */
export function decodePem(text: string, label?: string): PemBlock[] {
  if (text.length > MAXIMUM_CHARACTERS) throw new PkiError('TOO_LARGE', `PEM text over ${MAXIMUM_CHARACTERS} characters`)
  const blocks: PemBlock[] = []
  const lines = text.split(/\r\n|\n|\r/)
  for (let i = 0; i < lines.length; i++) {
    const found = BEGIN.exec(trimEnd(lines[i]))?.[1]
    if (found === undefined) continue
    if (blocks.length === MAXIMUM_BLOCKS) throw new PkiError('TOO_LARGE', `over ${MAXIMUM_BLOCKS} PEM blocks`)
    const end = endLine(lines, i + 1, found)
    blocks.push({
      label: found,
      der: decodeBase64(
        lines
          .slice(i + 1, end)
          .map(trimEnd)
          .join(''),
        'PEM',
      ),
    })
    i = end
  }
  return label === undefined ? blocks : blocks.filter((block) => block.label === label)
}

/** Writes one block in lines of 64 characters, with a line feed at the end. */
export function encodePem(label: string, der: Uint8Array): string {
  const base64 = Buffer.from(der.buffer, der.byteOffset, der.length).toString('base64')
  const lines = base64.match(new RegExp(`.{1,${LINE_CHARACTERS}}`, 'g')) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

function endLine(lines: readonly string[], from: number, label: string): number {
  if (label.length > MAXIMUM_LABEL) throw new PkiError('PEM', 'label too long')
  for (let i = from; i < lines.length; i++) {
    const line = trimEnd(lines[i])
    if (line === `-----END ${label}-----`) return i
    if (line.startsWith('-----')) break
  }
  throw new PkiError('PEM', `block ${label} without its end line`)
}

function trimEnd(line: string | undefined): string {
  return (line ?? '').trimEnd()
}
