// Hints on request, each more than the last: the area of the board, three moves, the move.
import {computed, effect, signal} from '@preact/signals'
import {spotOf, type Spot} from './geometry'
import {analysis, position, quietVisits, size} from './state'

const HINT_VISITS = 200

export const hintStep = signal<0 | 1 | 2 | 3>(0)

export function nextHint(): void {
  hintStep.value = Math.min(3, hintStep.value + 1) as 1 | 2 | 3
  quietVisits.value = HINT_VISITS
}

/// A hint is for one position.
let hinted = -1
effect(() => {
  const node = position.value?.node ?? -1
  if (node === hinted) return
  hinted = node
  if (hintStep.peek() > 0) quietVisits.value = hintStep.value = 0
})

/// The points that the hint shows, the best first; null while there is no hint or no answer yet.
export const hintedSpots = computed<Spot[] | null>(() => {
  if (hintStep.value === 0 || !analysis.value) return null
  const spots = analysis.value.moves.flatMap(each => spotOf(each.move, size.value) ?? [])
  return spots.slice(0, hintStep.value === 2 ? 3 : 1)
})

/// Lines around the best move in the first hint: less than half of the board.
export const hintRadius = computed(() => Math.max(1, Math.floor(Math.min(size.value.width, size.value.height) / 5)))
