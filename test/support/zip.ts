import { crc32, deflateRawSync } from 'node:zlib'

/** One entry to write, with whatever is to be odd about it; ordinary where nothing is said. */
export interface PlannedEntry {
  readonly name: string | Uint8Array
  readonly content?: Uint8Array
  readonly method?: number
  readonly flags?: number
  /** Sizes and checksum behind the data instead of before it; with or without its own signature. */
  readonly descriptor?: 'signed' | 'bare'
  readonly zip64?: boolean
  readonly extra?: Uint8Array
  readonly localExtra?: Uint8Array
  readonly madeOn?: number
  readonly attributes?: number
  /** Other fields in the header before the data than in the directory. */
  readonly local?: {
    readonly name?: string
    readonly flags?: number
    readonly method?: number
    readonly crc32?: number
    readonly size?: number
  }
  /** The size stated everywhere, where it is not the true one. */
  readonly claims?: number
  /** Bytes behind the compressed data, counted as part of it. */
  readonly padding?: Uint8Array
  /** Bytes between this entry and the next, part of none. */
  readonly gap?: Uint8Array
}

export interface PlannedArchive {
  readonly entries: readonly PlannedEntry[]
  readonly comment?: Uint8Array
  readonly zip64?: boolean
  /** The directory's order, by position in `entries`; that of the entries when left out. */
  readonly order?: readonly number[]
  readonly before?: Uint8Array
  readonly behind?: Uint8Array
}

const NOTHING = new Uint8Array()

/** Writes an archive byte by byte (APPNOTE 4.3), so that each of its bytes can be wrong. */
export function zipOf({
  entries,
  comment = NOTHING,
  zip64 = false,
  order,
  before = NOTHING,
  behind = NOTHING,
}: PlannedArchive): Uint8Array {
  const parts: Uint8Array[] = [before]
  let position = before.length
  const headers = entries.map((entry) => {
    const { local, directory } = writtenEntry(entry, position)
    parts.push(local)
    position += local.length
    return directory
  })
  const directory = Buffer.concat((order ?? entries.map((_, i) => i)).map((i) => headers[i] ?? NOTHING))
  return Buffer.concat([...parts, directory, endOf(headers.length, directory.length, position, comment, zip64), behind])
}

function writtenEntry(entry: PlannedEntry, position: number): { local: Uint8Array; directory: Uint8Array } {
  const { content = NOTHING, method = 8, extra = NOTHING, localExtra = NOTHING, descriptor, zip64 = false, local = {} } = entry
  const name = nameBytes(entry.name)
  const flags = (entry.flags ?? 0x0800) | (descriptor ? 0x0008 : 0)
  const data = Buffer.concat([method === 8 ? deflateRawSync(content) : content, entry.padding ?? NOTHING])
  const real = { crc: crc32(content), stored: data.length, size: entry.claims ?? content.length }
  const before = descriptor ? { crc: 0, stored: 0, size: 0 } : real
  const shortSizes = zip64 ? [0xffffffff, 0xffffffff] : [before.stored, local.size ?? before.size]
  const wide = zip64 ? block(1, u64(before.size), u64(before.stored)) : NOTHING
  const localName = local.name === undefined ? name : Buffer.from(local.name)
  const header = Buffer.concat([
    u32(0x04034b50), u16(20), u16(local.flags ?? flags), u16(local.method ?? method), u32(0),
    u32(local.crc32 ?? before.crc), ...shortSizes.map(u32), u16(localName.length), u16(wide.length + localExtra.length),
    localName, wide, localExtra, data, descriptorOf(descriptor, real, zip64), entry.gap ?? NOTHING,
  ]) // biome-ignore format: a record
  const directory = Buffer.concat([
    u32(0x02014b50), u16(20 | ((entry.madeOn ?? 0) << 8)), u16(20), u16(flags), u16(method), u32(0),
    u32(real.crc), u32(real.stored), u32(real.size), u16(name.length), u16(extra.length), u16(0), u16(0), u16(0),
    u32(entry.attributes ?? 0), u32(position), name, extra,
  ]) // biome-ignore format: a record
  return { local: header, directory }
}

function descriptorOf(
  kind: PlannedEntry['descriptor'],
  real: { crc: number; stored: number; size: number },
  zip64: boolean,
): Uint8Array {
  if (kind === undefined) return NOTHING
  const wide = zip64 ? u64 : u32
  return Buffer.concat([kind === 'signed' ? u32(0x08074b50) : NOTHING, u32(real.crc), wide(real.stored), wide(real.size)])
}

function endOf(entries: number, size: number, position: number, comment: Uint8Array, zip64: boolean): Uint8Array {
  const wide = [
    u32(0x06064b50), u64(44), u16(45), u16(45), u32(0), u32(0), u64(entries), u64(entries), u64(size), u64(position),
    u32(0x07064b50), u32(0), u64(position + size), u32(1),
  ] // biome-ignore format: a record
  const [count, length, start] = zip64 ? [0xffff, 0xffffffff, 0xffffffff] : [entries, size, position]
  const end = [u32(0x06054b50), u16(0), u16(0), u16(count), u16(count), u32(length), u32(start), u16(comment.length), comment]
  return Buffer.concat([...(zip64 ? wide : []), ...end])
}

/** A block of an extra field. */
export function block(id: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const data = Buffer.concat(parts)
  return Buffer.concat([u16(id), u16(data.length), data])
}

function nameBytes(name: string | Uint8Array): Uint8Array {
  return typeof name === 'string' ? Buffer.from(name) : name
}

export function u16(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, value >>> 8)
}

export function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function u64(value: number): Uint8Array {
  return Buffer.concat([u32(value % 2 ** 32), u32(Math.floor(value / 2 ** 32))])
}
