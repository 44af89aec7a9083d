// The board as pixels, for pictures that are saved: on a canvas, in fixed colours.
import {columnName, rowName, starPoints, type Size, type Spot} from './geometry'

export interface Picture {
  size: Size
  stones: string // row by row: X, O or .
  last?: Spot | null
  numbers?: (number | undefined)[] // of each point
  coordinates?: boolean
}

const WOOD = '#e0b878'
const LINE = '#5d431c'
const BLACK = '#1d1b19'
const WHITE = '#f7f4ee'

/// From the edge of the picture to the first line, in points.
const margin = (coordinates: boolean | undefined): number => (coordinates ? 1.35 : 0.75)

/// The side of a point so that the longer side of the picture has about so many pixels.
export function cellFor({width, height}: Size, pixels: number, coordinates?: boolean): number {
  return Math.max(8, Math.floor(pixels / (Math.max(width, height) - 1 + 2 * margin(coordinates))))
}

/// The pixels of a side with so many points.
export const sideFor = (points: number, cell: number, coordinates?: boolean): number =>
  Math.round((points - 1 + 2 * margin(coordinates)) * cell)

export function drawBoard(context: CanvasRenderingContext2D, picture: Picture, cell: number): void {
  const {size, stones, coordinates} = picture
  const x = (column: number) => (column + margin(coordinates)) * cell
  const y = (row: number) => (row + margin(coordinates)) * cell
  const text = (words: string, atX: number, atY: number, height: number, color: string) => {
    context.fillStyle = color
    context.font = `${Math.round(height)}px sans-serif`
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.fillText(words, atX, atY)
  }
  const disc = (atX: number, atY: number, radius: number) => {
    context.beginPath()
    context.arc(atX, atY, radius, 0, 2 * Math.PI)
  }
  context.fillStyle = WOOD
  context.fillRect(0, 0, sideFor(size.width, cell, coordinates), sideFor(size.height, cell, coordinates))
  context.strokeStyle = context.fillStyle = LINE
  context.lineWidth = Math.max(1, cell / 30)
  context.beginPath()
  for (let column = 0; column < size.width; ++column) {
    context.moveTo(x(column), y(0))
    context.lineTo(x(column), y(size.height - 1))
  }
  for (let row = 0; row < size.height; ++row) {
    context.moveTo(x(0), y(row))
    context.lineTo(x(size.width - 1), y(row))
  }
  context.stroke()
  for (const star of starPoints(size)) {
    disc(x(star.x), y(star.y), cell / 9)
    context.fill()
  }
  if (coordinates) {
    for (let column = 0; column < size.width; ++column)
      for (const row of [-0.9, size.height - 0.1]) text(columnName(column), x(column), y(row), 0.38 * cell, LINE)
    for (let row = 0; row < size.height; ++row)
      for (const column of [-0.9, size.width - 0.1]) text(rowName(row, size), x(column), y(row), 0.38 * cell, LINE)
  }
  ;[...stones].forEach((stone, point) => {
    if (stone === '.') return
    const at = {x: point % size.width, y: Math.floor(point / size.width)}
    disc(x(at.x), y(at.y), 0.47 * cell)
    context.fillStyle = stone === 'X' ? BLACK : WHITE
    context.fill()
    context.strokeStyle = BLACK
    context.stroke()
    const ink = stone === 'X' ? WHITE : BLACK
    const number = picture.numbers?.[point]
    if (number !== undefined) return text(String(number), x(at.x), y(at.y), (number < 100 ? 0.5 : 0.4) * cell, ink)
    if (picture.last?.x !== at.x || picture.last.y !== at.y) return
    disc(x(at.x), y(at.y), 0.24 * cell)
    context.strokeStyle = ink
    context.stroke()
  })
}
