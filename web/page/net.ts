// The inside of the net, for the position on the board: one layer's channels.
import {computed, effect, signal} from '@preact/signals'
import {isConnected, listen, send} from './connection'
import type {LayerMessage} from './messages'
import {position, view} from './state'

/// "planes", "filters", or a layer of the net.
export const layer = signal('planes')
export const maps = signal<LayerMessage | null>(null)
/// The channel under the mouse, and the one that was chosen; null: none.
export const pointed = signal<number | null>(null)
export const chosen = signal<number | null>(null)

/// The channel that lies over the board, as values in percent; null: none.
export const overlay = computed(() => {
  const now = maps.value
  const channel = pointed.value ?? chosen.value
  const here = position.value
  if (view.value !== 'net' || !now || channel === null || channel >= now.channels || now.layer === 'filters') return null
  const area = now.width * now.height
  if (area !== here?.stones.length || now.node !== here.node) return null
  return now.values.slice(channel * area, (channel + 1) * area)
})

/// What is wanted now; null: nothing.
const wanted = computed(() => {
  const here = position.value
  if (view.value !== 'net' || !here || !isConnected.value) return null
  return {layer: layer.value, version: here.version, node: here.node}
})

/// One question at a time: a large net takes its time.
let isAsked = false

function ask(): void {
  const now = wanted.peek()
  const shown = maps.peek()
  if (!now || isAsked) return
  if (shown?.layer === now.layer && shown.version === now.version && shown.node === now.node) return
  isAsked = true
  send({type: 'layer', ...now})
}

export function beginNet(): void {
  listen('layer', message => {
    isAsked = false
    maps.value = message
    ask()
  })
  listen('error', message => {
    if (message.request === 'layer') isAsked = false
  })
  listen('hello', () => (isAsked = false)) // a new connection has no old questions
  effect(() => {
    if (wanted.value) ask()
  })
}

/// Red is positive, blue negative, white 0 (ColorBrewer's RdBu). `percent` is from -100 to 100.
export function heatColor(percent: number): [r: number, g: number, b: number] {
  const share = Math.min(1, Math.abs(percent) / 100)
  const end = percent > 0 ? [178, 24, 43] : [33, 102, 172]
  return end.map(each => Math.round(247 + (each - 247) * share)) as [number, number, number]
}
