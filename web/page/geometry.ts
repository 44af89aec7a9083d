// Points of a board, by GTP's vertices and by columns and rows from the top left.
export interface Size {
  width: number
  height: number
}

export interface Spot {
  x: number
  y: number
}

const LETTERS = 'ABCDEFGHJKLMNOPQRSTUVWXYZ'

export const columnName = (x: number): string => LETTERS[x] ?? '?'
export const rowName = (y: number, size: Size): string => String(size.height - y)

export const vertexOf = ({x, y}: Spot, size: Size): string => columnName(x) + rowName(y, size)

/// null for a pass and for all that is no point of the board.
export function spotOf(vertex: string, size: Size): Spot | null {
  const match = /^([A-HJ-Z])(\d+)$/i.exec(vertex)
  if (!match) return null
  const spot = {x: LETTERS.indexOf(match[1].toUpperCase()), y: size.height - Number(match[2])}
  return spot.x < size.width && spot.y >= 0 && spot.y < size.height ? spot : null
}

export const cellOf = ({x, y}: Spot, size: Size): number => y * size.width + x

/// The lines of one direction that have star points.
function starLines(length: number): number[] {
  const edge = length < 13 ? 2 : 3
  const outer = length < 7 ? [] : [edge, length - 1 - edge]
  return length >= 15 && length % 2 ? [...outer, (length - 1) / 2] : outer
}

export function starPoints({width, height}: Size): Spot[] {
  const stars = starLines(width).flatMap(x => starLines(height).map(y => ({x, y})))
  const center = {x: (width - 1) / 2, y: (height - 1) / 2}
  const hasCenter = width % 2 === 1 && height % 2 === 1 && width >= 5 && height >= 5
  return hasCenter && !stars.some(({x, y}) => x === center.x && y === center.y) ? [...stars, center] : stars
}
