/** Raster formats that cannot act, by how their bytes begin; what a seal claims its picture to be plays no part. */
const RASTERS: readonly { readonly type: string; readonly magic: readonly number[] }[] = [
  { type: 'image/png', magic: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', magic: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', magic: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/bmp', magic: [0x42, 0x4d] },
]

/** The media type of a raster picture; null for all else. */
export function rasterType(bytes: Uint8Array): string | null {
  return RASTERS.find(({ magic }) => magic.every((byte, i) => bytes[i] === byte))?.type ?? null
}

/** Bytes as a `data:` address. */
export function dataAddress(type: string, bytes: Uint8Array): string {
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
}
