// What each move of the game lost, and what is a mistake: the server says it of all that is known.
import {computed, effect, signal} from '@preact/signals'
import {isConnected, listen, send} from './connection'
import type {GameNode, Loss, ReviewMessage, Side} from './messages'
import {analysis, findings, game, go, line, place} from './state'
import {hidesHints} from './settings'

export const review = signal<ReviewMessage | null>(null)

/// By node; empty while the server has not answered about this version of the game.
export const losses = computed<Map<number, Loss>>(() => {
  const now = review.value
  return new Map(now && now.version === game.value?.version ? now.losses.map(each => [each.node, each]) : [])
})

export interface Mistake extends Loss {
  side: Side
  move: string
}

/// The mistakes of a line of nodes, in its order. A move that was the best one is none: what it lost,
/// the search had not seen.
export function mistakesOf(nodes: GameNode[], lossOf: Map<number, Loss>, nodesOfLine: number[]): Mistake[] {
  return nodesOfLine.flatMap(node => {
    const [, side, move] = nodes[node]
    const loss = lossOf.get(node)
    return loss && side && loss.verdict && loss.best !== move ? [{...loss, side, move}] : []
  })
}

export const mistakes = computed(() => (game.value ? mistakesOf(game.value.nodes, losses.value, line.value) : []))

/// The next mistake behind the position on the board, or the first one again.
export function nextMistake(): void {
  const all = mistakes.value
  const next = all.find(each => line.value.indexOf(each.node) > place.value) ?? all[0]
  if (next) go(next.node)
}

// ---- Asking: soon after something new is known, one request at a time ----

const DELAY = 300 // milliseconds
let timer = 0
let isAsked = false

function ask(): void {
  timer = 0
  const phase = game.value?.phase
  if (isAsked || hidesHints.value || !isConnected.value || (phase !== 'review' && phase !== 'over')) return
  isAsked = true
  send({type: 'review'})
}

function askSoon(): void {
  if (timer === 0) timer = window.setTimeout(ask, DELAY)
}

export function beginReview(): void {
  let isStale = false
  listen('review', message => {
    isAsked = false
    review.value = message
    if (isStale) askSoon()
    isStale = false
  })
  listen('error', message => {
    if (message.request === 'review') isAsked = false
  })
  listen('hello', () => (isAsked = false)) // a new connection has no old questions
  effect(() => {
    // What the losses depend on.
    void [findings.value, game.value?.version, game.value?.game, analysis.value?.over, isConnected.value, hidesHints.value]
    isStale = isAsked
    askSoon()
  })
}
