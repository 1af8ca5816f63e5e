import { crc32 } from 'node:zlib'

/** Version 2.0 and names in UTF-8 (APPNOTE 4.4.3, 4.4.4). */
const VERSION = 20
const FLAG_UTF_8 = 0x0800
/** 1980-01-01, the first day an archive can name: the same files give the same bytes. */
const FIRST_DAY = 0x0021

/**
 * Writes an archive (PKWARE APPNOTE 6.3.10) of stored files in the order given; the same files give the same bytes.
 * @param files by name, without the leading `/`; together below 4 GiB and 65,535 in number
 */
export function writeArchive(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const local: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let position = 0
  for (const [name, content] of files) {
    const bytes = Buffer.from(name)
    const common = commonFields(bytes, content)
    const header = Buffer.concat([u32(0x04034b50), common, u16(0), bytes])
    local.push(header, content)
    directory.push(u32(0x02014b50), u16(VERSION), common, u16(0), u16(0), u16(0), u16(0), u32(0), u32(position), bytes)
    position += header.length + content.length
  }
  const listing = Buffer.concat(directory)
  const count = u16(files.size)
  return Buffer.concat([
    ...local, listing, u32(0x06054b50), u16(0), u16(0), count, count, u32(listing.length), u32(position), u16(0),
  ]) // biome-ignore format: a record
}

/** From the version needed to the length of the name: what both headers of an entry have in common. */
function commonFields(name: Uint8Array, content: Uint8Array): Uint8Array {
  const size = u32(content.length)
  return Buffer.concat([
    u16(VERSION), u16(FLAG_UTF_8), u16(0), u16(0), u16(FIRST_DAY), u32(crc32(content)), size, size, u16(name.length),
  ]) // biome-ignore format: a record
}

function u16(value: number): Uint8Array {
  return numberOf(value, 2)
}

function u32(value: number): Uint8Array {
  return numberOf(value, 4)
}

function numberOf(value: number, length: number): Uint8Array {
  const bytes = Buffer.alloc(length)
  bytes.writeUIntLE(value, 0, length)
  return bytes
}
