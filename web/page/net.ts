// The inside of the net, for the position on the board: one layer's channels.
import {computed, effect, signal} from '@preact/signals'
import {isConnected, listen, send} from './connection'
import type {LayerMessage} from './messages'
import {at, position, view} from './state'

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

/// One question at a time: a large net takes its time.
let isAsked = false

const isCurrent = (): boolean =>
  maps.peek()?.layer === layer.value && maps.peek()?.node === position.value?.node && maps.peek()?.version === position.value?.version

function ask(): void {
  if (isAsked || view.value !== 'net' || !position.value || !isConnected.value || isCurrent()) return
  isAsked = true
  send({type: 'layer', ...at(), layer: layer.value})
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
  effect(() => {
    isAsked = isAsked && isConnected.value
    ask()
  })
}

/// Red is positive, blue negative, white 0 (ColorBrewer's RdBu). `percent` is from -100 to 100.
export function heatColor(percent: number): [r: number, g: number, b: number] {
  const share = Math.min(1, Math.abs(percent) / 100)
  const end = percent > 0 ? [178, 24, 43] : [33, 102, 172]
  return end.map(each => Math.round(247 + (each - 247) * share)) as [number, number, number]
}
