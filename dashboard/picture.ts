/** Pictures larger than this are not put into a page. */
const MAXIMUM_BYTES = 512 * 1024

/** Raster formats that cannot act, by how their bytes begin; what a seal claims its picture to be plays no part. */
const RASTERS: readonly { readonly type: string; readonly magic: readonly number[] }[] = [
  { type: 'image/png', magic: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', magic: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', magic: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/bmp', magic: [0x42, 0x4d] },
]

/**
 * The picture of a seal as a `data:` address, for an `img` under a policy that forbids everything else. Null for what is no raster
 * picture: SVG and OFD stamps are programs for a renderer and are never handed to a browser.
 * @param base64 the picture as the graph gives it.
 */
export function pictureAddress(base64: string): string | null {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length > MAXIMUM_BYTES) return null
  const raster = RASTERS.find(({ magic }) => magic.every((byte, i) => bytes[i] === byte))
  return raster ? `data:${raster.type};base64,${bytes.toString('base64')}` : null
}
