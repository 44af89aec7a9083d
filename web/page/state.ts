// The state of the page: the last messages of the server, as signals, and what a person can do.
import {computed, effect, signal} from '@preact/signals'
import {connect, isConnected, listen, send} from './connection'
import {spotOf, type Size} from './geometry'
import type {
  AnalysisMessage, Finding, GameMessage, GameNode, NewGameRequest, PositionMessage, Side, StoredGame,
} from './messages'
import {numbersAt} from './numbered'
import {EFFORTS, effort, hidesHints, lastGame} from './settings'
import {playSound} from './sound'
import {t} from './words'

export const game = signal<GameMessage | null>(null)
export const position = signal<PositionMessage | null>(null)
export const analysis = signal<AnalysisMessage | null>(null)
/// Of the survey, by node.
export const findings = signal<Map<number, Finding>>(new Map())
export const games = signal<StoredGame[]>([])
export const folder = signal('')
/// The server shows a training run.
export const hasTraining = signal(false)
export const problem = signal('')
export type Dialog = 'new' | 'games' | 'settings' | 'help' | 'about' | null
export const dialog = signal<Dialog>(null)
/// What is beside the board: the game, the inside of the net, or a training run.
export type View = 'game' | 'net' | 'training'
export const view = signal<View>('game')
export const isAnalysing = signal(false)

/// Searches that are not shown, by who wants them: hints, the quiz, an estimate.
const quietSearches = signal<Record<string, number>>({})
/// Visits of 0 end it.
export const searchQuietly = (who: string, visits: number): void => {
  quietSearches.value = {...quietSearches.peek(), [who]: visits}
}
const quietVisits = computed(() => Math.max(0, ...Object.values(quietSearches.value)))
/// The variation that is shown on the board instead of the next moves.
export const preview = signal<string[] | null>(null)
/// When the clocks of the last game message were right.
export const clocksSince = signal(0)

export const size = computed<Size>(() => ({width: game.value?.width ?? 19, height: game.value?.height ?? 19}))
export const isPerson = (side: Side): boolean =>
  game.value !== null && !(side === 'B' ? game.value.black : game.value.white).engine

/// The engine is to move, or to mark dead stones.
export const isThinking = computed(() => {
  const now = game.value
  if (!now || now.problem) return false
  if (now.phase === 'marking') return !now.judgement
  return now.phase === 'playing' && !isPerson(now.toMove)
})

export const isAtEnd = computed(() => position.value?.node === game.value?.last)

/// The player whose move a click on the board plays; null if it plays none.
export const clicker = computed<Side | null>(() => {
  const now = game.value
  const here = position.value
  if (!now || !here || !isConnected.value || now.phase === 'marking') return null
  if (now.phase !== 'playing') return here.toMove
  return isAtEnd.value && isPerson(here.toMove) ? here.toMove : null
})

// ---- The tree ----

/// The nodes from the start to `node`, and on along first moves to the end of that line.
export function lineThrough(nodes: GameNode[], node: number): number[] {
  const line: number[] = []
  for (let n = node; n >= 0; n = nodes[n][0]) line.push(n)
  line.reverse()
  // The first child of a node follows it: nodes are in the order of the record.
  for (let n = node; nodes[n + 1]?.[0] === n; line.push(n)) ++n
  return line
}

export const line = computed(() => (game.value && position.value ? lineThrough(game.value.nodes, position.value.node) : [0]))
export const place = computed(() => line.value.indexOf(position.value?.node ?? 0))
export const children = computed(() => {
  const here = position.value?.node ?? -1
  return (game.value?.nodes ?? []).flatMap((node, i) => (i > 0 && node[0] === here ? [i] : []))
})
export const lastMove = computed(() => {
  const node = game.value?.nodes[position.value?.node ?? 0]
  return node && node[1] ? {color: node[1] as Side, move: node[2]} : null
})

/// The number of the move on each point, for the position on the board.
export const moveNumbers = computed(() => {
  const now = game.value
  const here = position.value
  return now && here ? numbersAt(now.nodes, line.value.slice(0, place.value + 1), here.stones, size.value) : []
})

// ---- What the server says ----

/// Findings stay where the tree is still the same. The main line has the first numbers.
function keepFindings(before: GameMessage, now: GameMessage): void {
  let same = 0
  const most = Math.min(before.last, now.last)
  while (same <= most && before.nodes[same].join() === now.nodes[same].join()) ++same
  const isSetup = now.nodes.length === 1 // its stones may have changed
  findings.value = new Map(isSetup ? [] : [...findings.value].filter(([node]) => node < same))
}

function receiveGame(message: GameMessage): void {
  const before = game.value
  if (before?.game !== message.game) {
    findings.value = new Map()
    analysis.value = null
  } else if (before.version !== message.version) {
    keepFindings(before, message)
  }
  game.value = message
  clocksSince.value = performance.now()
  lastGame.value = message.game
  receivePosition(message.position)
  if (message.problem) problem.value = message.problem
  if (location.hash !== `#game=${message.game}`) history.replaceState(null, '', `#game=${message.game}`)
}

function receivePosition(message: PositionMessage): void {
  const before = position.value
  if (before?.node !== message.node || before.version !== message.version) preview.value = null
  if (wanted === message.node || before?.version !== message.version) wanted = null
  if (analysis.value?.node !== message.node) analysis.value = null
  position.value = message
  if (before && message.moveNumber === before.moveNumber + 1)
    playSound(message.captures.join() === before.captures.join() ? 'stone' : 'capture')
}

/// Of two findings about a position the one of more visits stays.
function remember(finding: Finding): void {
  const known = findings.value.get(finding.node)
  if (known && known.visits > finding.visits) return
  findings.value = new Map(findings.value).set(finding.node, finding)
}

listen('hello', message => {
  folder.value = message.folder
  hasTraining.value = message.training
})
listen('game', receiveGame)
listen('position', receivePosition)
listen('analysis', message => {
  if (message.node === position.value?.node && !hidesHints.value) analysis.value = message
  remember(message)
})
listen('graph', remember)
listen('games', message => (games.value = message.games))
listen('file', message => save(message.name, message.text, message.name.endsWith('.html') ? 'text/html' : 'application/x-go-sgf'))
listen('error', message => {
  wanted = null
  if (message.request === 'open' && !game.value) dialog.value = 'new'
  else problem.value = message.text
})

// ---- What a person does ----

/// The position on the board, for messages.
export const at = () => ({version: game.value?.version ?? 0, node: position.value?.node ?? 0})

export function play(move: string): void {
  if (clicker.value === null) return
  if (move !== 'pass' && !canPlay(move)) return
  send({type: 'play', ...at(), move})
}

export function canPlay(move: string): boolean {
  const here = position.value
  const spot = spotOf(move, size.value)
  return here !== null && spot !== null && clicker.value !== null &&
    here.stones[spot.y * size.value.width + spot.x] === '.' && !here.illegal.includes(move)
}

export const mark = (point: string): void => send({type: 'mark', point})
export const act = (type: 'undo' | 'accept' | 'resume' | 'games'): void => send({type})
export const download = (format: 'sgf' | 'analysis' | 'html'): void => send({type: 'download', format})
export const open = (id: string): void => send({type: 'open', game: id})
export const remove = (id: string): void => send({type: 'delete', game: id})
/// What follows is lost as well, so that the person is asked.
export function removeMove(): void {
  if (children.value.length === 0 || confirm(`${t('removeMoves')}?`)) send({type: 'remove', ...at()})
}
export const makeMainLine = (): void => send({type: 'promote', ...at()})
export const comment = (text: string): void => send({type: 'comment', ...at(), text})

export function resign(): void {
  const now = game.value
  if (now?.phase !== 'playing') return
  send({type: 'resign', player: isPerson(now.toMove) ? now.toMove : now.toMove === 'B' ? 'W' : 'B'})
}

export function start(request: NewGameRequest): void {
  isAnalysing.value = false
  send({type: 'new', ...request})
}

/// Goes on against the engine from the position on the board.
export function playFromHere(level: string | undefined): void {
  const person = position.value?.toMove ?? 'B'
  const engine = {engine: true, ...(level ? {level} : {})}
  send({
    type: 'branch', ...at(), time: {system: 'none'},
    black: person === 'B' ? {engine: false} : engine,
    white: person === 'W' ? {engine: false} : engine,
  })
}

/// The position that was asked for; the server's answer is under way.
let wanted: number | null = null

export function go(node: number): void {
  if (node === (wanted ?? position.value?.node)) return
  wanted = node
  send({type: 'go', version: game.value?.version ?? 0, node})
}

/// Along the line that is shown.
export function step(moves: number): void {
  const from = wanted === null ? place.value : line.value.indexOf(wanted)
  go(line.value[Math.max(0, Math.min(line.value.length - 1, from + moves))])
}

/// The most that a message may have is 1 MB.
const MOST_RECORD = 700_000

function importRecord(bytes: number, record: object): void {
  isAnalysing.value = false
  dialog.value = null
  view.value = 'game'
  if (bytes > MOST_RECORD) problem.value = t('tooLong')
  else send({type: 'import', ...record})
}

export const importText = (text: string): void => importRecord(new Blob([text]).size, {sgf: text})

/// Records have many formats and character sets, which the server knows.
export function importFile(file: Blob): void {
  const reader = new FileReader()
  reader.onload = () => importRecord(file.size, {base64: String(reader.result).split(',')[1] ?? ''})
  reader.readAsDataURL(file)
}

export function save(name: string, contents: BlobPart, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([contents], {type}))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

// ---- Searches ----

/// Visits of each position of the graph.
const SURVEY_VISITS = 25

/// A game that is being played has no analysis unless somebody asks for it.
const wantsSurvey = computed(() => {
  const phase = game.value?.phase
  return !hidesHints.value && (phase === 'review' || phase === 'over' || isAnalysing.value)
})

export function begin(): void {
  connect(waits => {
    if (waits) return
    const wanted = /game=([0-9a-z-]+)/.exec(location.hash)?.[1] ?? lastGame.value
    if (game.value) open(game.value.game)
    else if (wanted) open(wanted)
    else dialog.value = 'new'
  })
  effect(() => {
    const wanted = isAnalysing.value && !hidesHints.value
    if (!wanted && quietVisits.value === 0) analysis.value = null
    if (isConnected.value && game.value?.game)
      send({type: 'analyse', visits: wanted ? EFFORTS[effort.value] : hidesHints.value ? 0 : quietVisits.value})
  })
  let surveyed = ''
  effect(() => {
    const wanted = `${isConnected.value} ${game.value?.game} ${wantsSurvey.value}`
    if (wanted === surveyed) return
    surveyed = wanted
    if (isConnected.value && game.value) send({type: 'survey', visits: wantsSurvey.value ? SURVEY_VISITS : 0})
  })
}
