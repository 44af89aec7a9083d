// A quiz of a player's own mistakes: the position before each, without hints; a move is judged by
// the points that it loses. Tries stay in the record as variations.
import {computed, effect, signal} from '@preact/signals'
import {mistakes, type Mistake} from './review'
import {analysis, findings, game, go, isAnalysing, position, quietVisits} from './state'

interface Quiz {
  tasks: Mistake[] // the largest first
  at: number
  tried: boolean // a move was played; the board shows what came of it
}

const MOST_TASKS = 10
const JUDGE_VISITS = 200
/// A move that loses less, or less than a third of what the mistake lost, is right.
const RIGHT_POINTS = 1

export const quiz = signal<Quiz | null>(null)
export const task = computed(() => quiz.value?.tasks[quiz.value.at] ?? null)

/// The position that the task is about: before the mistake.
const start = computed(() => (task.value && game.value ? game.value.nodes[task.value.node][0] : -1))

/// The points that the move lost that was tried; null until a search has answered.
export const lostByTry = computed(() => {
  const here = position.value
  const now = task.value
  if (!quiz.value?.tried || !here || !now || here.node === start.value) return null
  const before = findings.value.get(start.value)
  const after = analysis.value?.node === here.node ? analysis.value : null
  if (!before || !after) return null
  return Math.max(0, (before.lead - after.lead) * (now.side === 'B' ? 1 : -1))
})

export const isRight = computed(() => {
  const lost = lostByTry.value
  return lost !== null && task.value !== null && lost < Math.max(RIGHT_POINTS, task.value.points / 3)
})

export function beginQuiz(side: 'B' | 'W'): void {
  const last = game.value?.last ?? 0
  const tasks = mistakes.value.filter(each => each.side === side && each.node <= last)
    .sort((a, b) => b.points - a.points).slice(0, MOST_TASKS)
  if (tasks.length === 0) return
  isAnalysing.value = false
  quietVisits.value = JUDGE_VISITS
  quiz.value = {tasks, at: 0, tried: false}
  go(start.value)
}

export function endQuiz(): void {
  quiz.value = null
  quietVisits.value = 0
}

export function tryAgain(): void {
  if (!quiz.value) return
  quiz.value = {...quiz.value, tried: false}
  go(start.value)
}

export function nextTask(): void {
  const now = quiz.value
  if (!now) return
  if (now.at + 1 === now.tasks.length) return endQuiz()
  quiz.value = {...now, at: now.at + 1, tried: false}
  go(start.value)
}

/// A move on the board is a try. Tasks are of the main line, whose nodes keep their numbers.
effect(() => {
  const here = position.value
  const now = quiz.peek()
  if (!now || !here || now.tried || game.peek()?.phase === 'playing') return
  const parent = game.peek()?.nodes[here.node]?.[0]
  if (parent === start.peek() && here.node !== start.peek()) quiz.value = {...now, tried: true}
})
