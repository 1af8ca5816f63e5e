import { PkiError } from '../error.ts'
import { ofdPicture } from './ofd-picture.ts'
import { dataAddress, rasterType } from './raster.ts'
import { redrawnSvg } from './svg-picture.ts'

/** Pictures larger than this are not shown. */
const MAXIMUM_BYTES = 512 * 1024
const MAXIMUM_ADDRESS = 2 * 1024 * 1024

/**
 * The picture of a seal as something to look at that can do nothing else: a `data:` address of its raster picture, or of SVG drawn
 * here from an SVG or OFD stamp. What the seal claims its picture to be plays no part. Null when it cannot be shown whole.
 */
export function shownPicture(bytes: Uint8Array): string | null {
  if (bytes.length > MAXIMUM_BYTES) return null
  const raster = rasterType(bytes)
  if (raster !== null) return dataAddress(raster, bytes)
  try {
    const address = dataAddress('image/svg+xml', isArchive(bytes) ? ofdPicture(bytes) : redrawnSvg(bytes))
    return address.length > MAXIMUM_ADDRESS ? null : address
  } catch (cause) {
    if (cause instanceof PkiError) return null
    throw cause
  }
}

function isArchive(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b
}
