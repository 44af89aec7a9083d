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
  lesson?: {move: string; points: number; pv: string[]} // about a move that was taken back
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
  moves: Candidate[]
}

export interface AnalysisMessage extends Finding {
  type: 'analysis'
  stdev: number
  over: boolean
  ownership: number[] // -100 to 100, Black's
}

export interface GraphMessage extends Finding {
  type: 'graph'
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
  | {type: 'hello'; protocol: number; version: string; folder: string}
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
  teach?: number // points that a move may lose before it is taken back; 0: any
}
