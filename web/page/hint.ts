// Help during a game: hints on request, each more than the last (the area of the board, three moves,
// the move), and an estimate of the score. Both are for one position.
import {computed, effect, signal} from '@preact/signals'
import {spotOf, type Spot} from './geometry'
import {analysis, position, searchQuietly, size} from './state'

const HINT_VISITS = 200
const ESTIMATE_VISITS = 200

export const hintStep = signal<0 | 1 | 2 | 3>(0)
/// Shows who owns what, and who is ahead.
export const estimates = signal(false)

export function nextHint(): void {
  hintStep.value = Math.min(3, hintStep.value + 1) as 1 | 2 | 3
  searchQuietly('hint', HINT_VISITS)
}

export function toggleEstimate(): void {
  estimates.value = !estimates.value
  searchQuietly('estimate', estimates.value ? ESTIMATE_VISITS : 0)
}

let helped = -1
effect(() => {
  const node = position.value?.node ?? -1
  if (node === helped) return
  helped = node
  if (hintStep.peek() > 0) searchQuietly('hint', (hintStep.value = 0))
  if (estimates.peek()) toggleEstimate()
})

/// The points that the hint shows, the best first; null while there is no hint or no answer yet.
export const hintedSpots = computed<Spot[] | null>(() => {
  if (hintStep.value === 0 || !analysis.value) return null
  const spots = analysis.value.moves.flatMap(each => spotOf(each.move, size.value) ?? [])
  return spots.slice(0, hintStep.value === 2 ? 3 : 1)
})

/// Lines around the best move in the first hint: less than half of the board.
export const hintRadius = computed(() => Math.max(1, Math.floor(Math.min(size.value.width, size.value.height) / 5)))
