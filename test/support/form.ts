/** One part of a form: a file with a name, or a text. */
export type FormPart = string | { readonly name: string; readonly bytes: Uint8Array }

/** A multipart form as a browser sends it, for `inject` or `fetch`. */
export function multipartForm(parts: Readonly<Record<string, FormPart>>) {
  const boundary = '----hubFormBoundary'
  const chunks = Object.entries(parts).flatMap(([field, part]) => {
    const isText = typeof part === 'string'
    const file = isText ? '' : `; filename="${part.name}"\r\nContent-Type: application/octet-stream`
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${field}"${file}\r\n\r\n`
    return [Buffer.from(head), Buffer.from(isText ? part : part.bytes), Buffer.from('\r\n')]
  })
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
  }
}
