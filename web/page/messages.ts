// What the server and the page say to each other (docs/web.md). Winrates and leads are Black's.
export type Side = 'B' | 'W'
export type Phase = 'review' | 'playing' | 'marking' | 'over'

export interface Player {
  name: string
  rank: string
  engine: boolean
  level?: string
  note?: string
}

export interface Clock {
  seconds: number
  running: boolean
}

export interface Judgement {
  dead: string[]
  owner: string // of each point, row by row: X, O or .
  score: string // as in B+3.5
  unsure: boolean
}

/// A node of the record: its parent, and the move that led to it; '' for stones set up.
export type GameNode = [parent: number, color: Side | '', move: string]

export interface GameMessage {
  type: 'game'
  game: string
  version: number
  phase: Phase
  width: number
  height: number
  komi: number
  rules: string
  handicap: number
  black: Player
  white: Player
  clocks: [Clock | null, Clock | null]
  result: string
  problem: string
  last: number // the end of the main line
  toMove: Side
  nodes: GameNode[]
  comments: Record<string, string>
  info: {event: string; date: string; place: string; name: string; notes: string[]}
  judgement?: Judgement
  lesson?: {move: string; points: number; winrate: number; pv: string[]} // about a move that was taken back
  position: PositionMessage // on the board
}

export interface PositionMessage {
  type: 'position'
  version: number
  node: number
  stones: string // of each point, row by row: X, O or .
  toMove: Side
  moveNumber: number
  captures: [byBlack: number, byWhite: number]
  illegal: string[]
}

export interface Candidate {
  move: string
  visits: number
  winrate: number
  lead: number
  prior: number
  pv: string[]
}

export interface Finding {
  version: number
  node: number
  visits: number
  winrate: number
  lead: number
}

export interface AnalysisMessage extends Finding {
  type: 'analysis'
  moves: Candidate[]
  stdev: number
  over: boolean
  ownership: number[] // -100 to 100, Black's
}

export interface GraphMessage extends Finding {
  type: 'graph'
}

/// What the move to a node lost, for its player.
export interface Loss {
  node: number
  points: number
  winrate: number
  verdict: '' | '?' | '??'
  best: string
  rank?: number // among the candidates, from 0
}

export interface PlayerReview {
  moves: number // whose loss is known
  best: number
  mistakes: number
  blunders: number
  mean: number // points lost a move
  points: number[] // lost in each phase
  rank?: [shown: string, low: string, high: string]
}

export interface ReviewMessage {
  type: 'review'
  version: number
  losses: Loss[]
  players: [PlayerReview, PlayerReview]
  phases: [first: number, last: number][] // opening, middle game, endgame
}

export interface PolicyMessage {
  type: 'policy'
  version: number
  node: number
  pass: number
  policy: number[] // in thousandths, row by row, the pass last
}

/// What a layer of the net makes of a position. Values are in percent of the channel's `full`.
export interface LayerMessage {
  type: 'layer'
  version: number
  node: number
  layer: string
  net: string
  layers: string[]
  about: string
  channels: number
  width: number
  height: number
  titles: string[] // of the channels; empty: their numbers
  full: number[]
  values: number[] // channel after channel, row by row
}

/// The stones at each node of a line.
export interface FilmMessage {
  type: 'film'
  nodes: number[]
  frames: string[]
}

export interface TrainingPlot {
  title: string
  curves: {name: string; points: [minutes: number, value: number][]}[]
}

export interface TrainingMessage {
  type: 'training'
  number: number // of this answer; the rest is missing if it is not new
  folder?: string
  plots?: TrainingPlot[]
  table?: string
  games?: {size: string; moves: number; result: string}[]
}

/// A mistake of a stored game.
export interface QuizTask {
  game: string
  node: number
  move: string
  side: Side
  points: number
}

export interface QuizMessage {
  type: 'quiz'
  due: QuizTask[]
  cards: number
  days?: number // until the next task is due; 0 or less: now
}

export interface StoredGame {
  game: string
  black: string
  white: string
  size: string
  moves: number
  phase: Phase
  result: string
}

export type ServerMessage =
  | GameMessage
  | PositionMessage
  | AnalysisMessage
  | GraphMessage
  | ReviewMessage
  | PolicyMessage
  | LayerMessage
  | FilmMessage
  | TrainingMessage
  | QuizMessage
  | {type: 'hello'; protocol: number; version: string; folder: string; training: boolean}
  | {type: 'error'; request: string; text: string}
  | {type: 'games'; games: StoredGame[]}
  | {type: 'file'; name: string; text: string}

export interface SeatRequest {
  engine: boolean
  level?: string
}

export interface TimeRequest {
  system: 'none' | 'absolute' | 'byoyomi' | 'fischer'
  main?: number
  period?: number
  periods?: number
  increment?: number
}

export interface NewGameRequest {
  width: number
  height: number
  rules: string
  komi: number
  handicap: number
  black: SeatRequest
  white: SeatRequest
  time: TimeRequest
  teach?: number // a move that loses so many points is taken back; 0: none
  teachWinrate?: number // the same for a share of winrate
}
