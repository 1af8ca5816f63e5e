import { PkiError } from '../../error.ts'

/** How rows were written before compression (ISO 32000-2 table 8). */
export interface RowLayout {
  readonly predictor: number
  readonly colors: number
  readonly bits: number
  readonly columns: number
}

const LARGEST_ROW = 1 << 20

/** Undoes a predictor over whole rows. @throws PkiError UNSUPPORTED, STRUCTURE when the data are no rows of this layout. */
export function undoPredictor(data: Uint8Array, { predictor, colors, bits, columns }: RowLayout): Uint8Array {
  if (predictor === 1) return data
  const width = colors * columns
  const isKnown = predictor === 2 || (predictor >= 10 && predictor <= 15)
  if (!isKnown || bits !== 8 || colors < 1 || columns < 1 || width > LARGEST_ROW)
    throw new PkiError('UNSUPPORTED', `predictor ${predictor} with ${bits} bits`)
  return predictor === 2 ? undoTiff(data, width, colors) : undoPng(data, width, colors)
}

/** Every byte is the difference to the one of the same colour at its left. */
function undoTiff(data: Uint8Array, width: number, colors: number): Uint8Array {
  if (data.length % width !== 0) throw new PkiError('STRUCTURE', 'rows cut off')
  const rows = Uint8Array.from(data)
  for (let at = 0; at < rows.length; at++)
    if (at % width >= colors) rows[at] = ((rows[at] ?? 0) + (rows[at - colors] ?? 0)) & 0xff
  return rows
}

/** PNG (ISO/IEC 15948 clause 9): each row begins with the number of its filter. */
function undoPng(data: Uint8Array, width: number, colors: number): Uint8Array {
  if (data.length % (width + 1) !== 0) throw new PkiError('STRUCTURE', 'rows cut off')
  const count = data.length / (width + 1)
  const rows = new Uint8Array(count * width)
  for (let row = 0; row < count; row++) {
    const filter = data[row * (width + 1)] ?? 0
    if (filter > 4) throw new PkiError('STRUCTURE', `no such row filter: ${filter}`)
    for (let column = 0; column < width; column++) {
      const at = row * width + column
      const left = column >= colors ? (rows[at - colors] ?? 0) : 0
      const up = row > 0 ? (rows[at - width] ?? 0) : 0
      const upLeft = column >= colors && row > 0 ? (rows[at - width - colors] ?? 0) : 0
      rows[at] = ((data[row * (width + 1) + 1 + column] ?? 0) + predicted(filter, left, up, upLeft)) & 0xff
    }
  }
  return rows
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  return filter === 4 ? paeth(left, up, upLeft) : 0
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft
  const [toLeft, toUp, toUpLeft] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - upLeft)]
  if (toLeft <= toUp && toLeft <= toUpLeft) return left
  return toUp <= toUpLeft ? up : upLeft
}
