import { onePage, writePdf } from '../../support/pdf.ts'
import { detached, signPdf } from '../../support/pdf-signing.ts'
import { MADE_AT, pki } from '../../support/seals.ts'

/** Makes the victim's signature value. */
export const make = detached(pki.signer.signer, MADE_AT)

/** The document that is attacked, before it is signed and signed. */
export const plain = writePdf(onePage('Pay 100'))
export const signed = await signPdf(plain, make)

/** What an attacker would show instead. */
export const evil = { entries: '', data: Buffer.from('BT /F1 24 Tf 20 100 Td (Pay 999) Tj ET') }

export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}
