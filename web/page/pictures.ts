// Pictures to save: the position as PNG, the game as an animated GIF.
import {signal} from '@preact/signals'
import {GIFEncoder, applyPalette, quantize} from 'gifenc'
import {listen, send} from './connection'
import {cellFor, drawBoard, sideFor} from './draw'
import {spotOf} from './geometry'
import type {FilmMessage} from './messages'
import {showsCoordinates, showsMoveNumbers} from './settings'
import {at, game, lastMove, moveNumbers, position, save, size} from './state'

const PNG_PIXELS = 1200
const GIF_PIXELS = 480
const MOVE_TIME = 700 // milliseconds
const END_TIME = 4000
/// The page stays alive while so many pictures are made at once.
const AT_ONCE = 5

/// How much of the GIF is made; null: none is.
export const gifShare = signal<number | null>(null)

function canvasFor(pixels: number, coordinates = false): {canvas: HTMLCanvasElement; context: CanvasRenderingContext2D; cell: number} {
  const cell = cellFor(size.value, pixels, coordinates)
  const canvas = document.createElement('canvas')
  canvas.width = sideFor(size.value.width, cell, coordinates)
  canvas.height = sideFor(size.value.height, cell, coordinates)
  return {canvas, context: canvas.getContext('2d', {willReadFrequently: true})!, cell}
}

const fileName = (ending: string): string => `${game.value?.game ?? 'game'}${ending}`

export function savePng(): void {
  const here = position.value
  if (!here) return
  const {canvas, context, cell} = canvasFor(PNG_PIXELS, showsCoordinates.value)
  drawBoard(context, {
    size: size.value,
    stones: here.stones,
    last: lastMove.value ? spotOf(lastMove.value.move, size.value) : null,
    numbers: showsMoveNumbers.value ? moveNumbers.value : undefined,
    coordinates: showsCoordinates.value,
  }, cell)
  canvas.toBlob(picture => picture && save(fileName(`-${here.moveNumber}.png`), picture, 'image/png'))
}

export const saveGif = (): void => send({type: 'film', ...at()})

async function makeGif(film: FilmMessage): Promise<void> {
  const now = game.value
  if (!now) return
  const {canvas, context, cell} = canvasFor(GIF_PIXELS)
  const board = size.value
  const draw = (i: number) => {
    const [, , move] = now.nodes[film.nodes[i]]
    drawBoard(context, {size: board, stones: film.frames[i], last: spotOf(move, board)}, cell)
    return context.getImageData(0, 0, canvas.width, canvas.height).data
  }
  const last = film.frames.length - 1
  const palette = quantize(draw(last), 63) // stones of both colours and wood are in the last picture
  const same = palette.push([0, 0, 0]) - 1 // stands for a pixel that has not changed, which packs well
  const gif = GIFEncoder()
  let before: Uint8Array | null = null
  for (let i = 0; i <= last; ++i) {
    const pixels = applyPalette(draw(i), palette.slice(0, same))
    const changes = before ? pixels.map((color, p) => (color === before![p] ? same : color)) : pixels
    gif.writeFrame(changes, canvas.width, canvas.height, {
      palette: i === 0 ? palette : undefined, delay: i === last ? END_TIME : MOVE_TIME,
      dispose: 1, transparent: i > 0, transparentIndex: same,
    })
    before = pixels
    if (i % AT_ONCE > 0) continue
    gifShare.value = i / (last + 1)
    await new Promise(resolve => setTimeout(resolve))
  }
  gif.finish()
  gifShare.value = null
  save(fileName('.gif'), gif.bytes(), 'image/gif')
}

export const beginPictures = (): void => listen('film', film => void makeGif(film))
