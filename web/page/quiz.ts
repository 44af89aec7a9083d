// A quiz of a player's own mistakes: the position before each, without hints; a move is judged by
// the points that it loses. Tries stay in the record as variations. The server keeps each task for
// another day, the longer the better it was solved.
import {computed, effect, signal} from '@preact/signals'
import {listen, send} from './connection'
import type {QuizMessage, QuizTask, Side} from './messages'
import {mistakes} from './review'
import {analysis, findings, game, go, isAnalysing, open, position, searchQuietly, view} from './state'

interface Quiz {
  tasks: QuizTask[]
  at: number
  tried: boolean // a move was played; the board shows what came of it
  answered: boolean // the server knows how the first try went
}

const MOST_TASKS = 10
const JUDGE_VISITS = 200
/// A move that loses less, or less than a third of what the mistake lost, is right.
const RIGHT_POINTS = 1

export const quiz = signal<Quiz | null>(null)
export const task = computed(() => quiz.value?.tasks[quiz.value.at] ?? null)
/// The tasks of earlier days.
export const deck = signal<QuizMessage | null>(null)

const isHere = computed(() => task.value !== null && task.value.game === game.value?.game)

/// The position that the task is about: before the mistake.
const start = computed(() => (isHere.value ? game.value?.nodes[task.value!.node]?.[0] ?? -1 : -1))

/// The position of the task is on the board, or nothing is asked: a move on the board counts.
export const isReady = computed(() => !quiz.value || quiz.value.tried || (isHere.value && position.value?.node === start.value))

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

/// The player's largest mistakes of this game.
export function beginQuiz(side: Side): void {
  const now = game.value
  if (!now) return
  begin(mistakes.value.filter(each => each.side === side && each.node <= now.last)
    .sort((a, b) => b.points - a.points).slice(0, MOST_TASKS)
    .map(({node, move, points}) => ({game: now.game, node, move, side, points})))
}

/// What is due today, of all games.
export const beginDue = (): void => begin((deck.value?.due ?? []).slice(0, MOST_TASKS))

function begin(tasks: QuizTask[]): void {
  if (tasks.length === 0) return
  view.value = 'game'
  isAnalysing.value = false
  searchQuietly('quiz', JUDGE_VISITS)
  show({tasks, at: 0, tried: false, answered: false})
}

/// Opens the game of the task, if it is another one.
function show(next: Quiz): void {
  quiz.value = next
  if (isHere.value) goToStart()
  else open(next.tasks[next.at].game)
}

/// A game that has changed since lacks the mistake: its task ends.
function goToStart(): void {
  const now = task.value
  if (!now) return
  const [, side, move] = game.value?.nodes[now.node] ?? []
  if (side === now.side && move === now.move) return go(start.value)
  send({type: 'forget', ...now})
  nextTask()
}

/// Tells the server how the first try went, once a search has judged it.
function settle(): void {
  const now = quiz.peek()
  if (!now || now.answered || lostByTry.peek() === null) return
  send({type: 'answer', ...now.tasks[now.at], right: isRight.peek()})
  quiz.value = {...now, answered: true}
}

export function endQuiz(): void {
  settle()
  quiz.value = null
  searchQuietly('quiz', 0)
}

export function tryAgain(): void {
  settle()
  if (!quiz.value) return
  quiz.value = {...quiz.value, tried: false}
  go(start.value)
}

export function nextTask(): void {
  settle()
  const now = quiz.value
  if (!now) return
  if (now.at + 1 === now.tasks.length) return endQuiz()
  show({...now, at: now.at + 1, tried: false, answered: false})
}

/// The task will not come again.
export function forgetTask(): void {
  settle()
  if (task.value) send({type: 'forget', ...task.value})
  nextTask()
}

export function beginQuizzes(): void {
  listen('quiz', message => (deck.value = message))
  listen('hello', () => send({type: 'quiz'}))
  listen('error', message => {
    if (message.request === 'open' && quiz.value) nextTask()
  })
  let shown = ''
  listen('game', message => {
    const isNew = message.game !== shown
    shown = message.game
    if (isNew && isHere.value) goToStart()
  })
  /// A move on the board is a try. Tasks are of the main line, whose nodes keep their numbers.
  effect(() => {
    const here = position.value
    const now = quiz.peek()
    if (!now || !here || now.tried || game.peek()?.phase === 'playing') return
    const parent = game.peek()?.nodes[here.node]?.[0]
    if (parent === start.peek() && here.node !== start.peek()) quiz.value = {...now, tried: true}
  })
  effect(() => {
    if (lostByTry.value !== null && analysis.value?.over) settle()
  })
}
