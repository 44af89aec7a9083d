// What the survey says of the moves of a line: what each lost.
import {computed} from '@preact/signals'
import type {Finding, GameNode, Side} from './messages'
import {findings, game, go, line, place} from './state'

export interface Mistake {
  node: number
  side: Side
  move: string
  points: number // lost
  better: string
}

/// A move that loses less is none.
const LEAST_POINTS = 2

/// The mistakes of a line of nodes, in its order.
export function mistakesOf(nodes: GameNode[], found: Map<number, Finding>, nodesOfLine: number[]): Mistake[] {
  const mistakes: Mistake[] = []
  for (const node of nodesOfLine) {
    const [parent, side, move] = nodes[node]
    const before = found.get(parent)
    const after = found.get(node)
    if (!side || !before || !after) continue
    const points = (before.lead - after.lead) * (side === 'B' ? 1 : -1)
    const better = before.moves[0]?.move ?? ''
    if (points >= LEAST_POINTS && better !== move) mistakes.push({node, side, move, points, better})
  }
  return mistakes
}

export const mistakes = computed(() => (game.value ? mistakesOf(game.value.nodes, findings.value, line.value) : []))

/// The next mistake behind the position on the board, or the first one again.
export function nextMistake(): void {
  const all = mistakes.value
  const next = all.find(each => line.value.indexOf(each.node) > place.value) ?? all[0]
  if (next) go(next.node)
}
