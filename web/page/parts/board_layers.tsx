// What lies on the board, as parts of its drawing. A point is 1 wide; the top left one is at (0, 0).
import {columnName, rowName, spotOf, starPoints, type Size, type Spot} from '../geometry'
import {hintedSpots, hintRadius, hintStep} from '../hint'
import type {Candidate, PolicyMessage, Side} from '../messages'
import {heatColor} from '../net'
import {signedLead, winrateFor} from '../numbers'
import {showsCoordinates} from '../settings'
import {analysis, position} from '../state'

export const sideOf = (stone: string): Side | null => (stone === 'X' ? 'B' : stone === 'O' ? 'W' : null)

export function Grid({board}: {board: Size}) {
  const xs = [...Array(board.width).keys()]
  const ys = [...Array(board.height).keys()]
  const letters = 0.14 + (0.2 * Math.max(board.width, board.height)) / 19 // in cells
  return (
    <g class="grid">
      {xs.map(x => <line x1={x} x2={x} y1={0} y2={board.height - 1} />)}
      {ys.map(y => <line x1={0} x2={board.width - 1} y1={y} y2={y} />)}
      {starPoints(board).map(({x, y}) => <circle cx={x} cy={y} r={0.11} />)}
      {showsCoordinates.value && xs.flatMap(x => [-0.72, board.height - 0.28].map(y =>
        <text x={x} y={y} font-size={letters}>{columnName(x)}</text>))}
      {showsCoordinates.value && ys.flatMap(y => [-0.72, board.width - 0.28].map(x =>
        <text x={x} y={y} font-size={letters}>{rowName(y, board)}</text>))}
    </g>
  )
}

export function Stone({x, y, side, kind = ''}: Spot & {side: Side; kind?: string}) {
  return <circle class={`stone ${side === 'B' ? 'black' : 'white'} ${kind}`} cx={x} cy={y} r={0.47} />
}

/// Squares whose size says how sure an owner is.
export function Ownership({owners, board}: {owners: number[]; board: Size}) {
  return (
    <g class="ownership">
      {owners.map((owner, cell) => {
        const side = 0.5 * Math.sqrt(Math.abs(owner) / 100)
        if (side < 0.12) return null
        return <rect class={owner > 0 ? 'black' : 'white'} x={(cell % board.width) - side / 2}
          y={Math.floor(cell / board.width) - side / 2} width={side} height={side} />
      })}
    </g>
  )
}

/// How good a candidate is against the best one: by colour and by shape.
export function quality(candidate: Candidate, best: Candidate, side: Side): 'best' | 'good' | 'fair' | 'poor' {
  if (candidate === best) return 'best'
  const lost = (best.lead - candidate.lead) * (side === 'B' ? 1 : -1)
  return lost < 0.5 ? 'good' : lost < 2 ? 'fair' : 'poor'
}

const SHAPES = {
  best: <circle r={0.46} />,
  good: <circle r={0.42} />,
  fair: <rect x={-0.38} y={-0.38} width={0.76} height={0.76} rx={0.08} />,
  poor: <path d="M0 -0.46L0.46 0L0 0.46L-0.46 0Z" />,
}

export function Candidates({board}: {board: Size}) {
  const now = analysis.value
  const side = position.value?.toMove
  if (!now || !side || now.moves.length === 0) return null
  const total = Math.max(1, now.moves[0].visits)
  return (
    <g class="candidates">
      {now.moves.filter(each => each.visits * 50 >= total).map(each => {
        const spot = spotOf(each.move, board)
        if (!spot) return null
        const kind = quality(each, now.moves[0], side)
        return (
          <g class={kind} transform={`translate(${spot.x} ${spot.y})`}>
            {SHAPES[kind]}
            <text y={-0.06} class="main">{winrateFor(each.winrate, side)}</text>
            <text y={0.24}>{signedLead(each.lead, side)}</text>
          </g>
        )
      })}
    </g>
  )
}

/// A variation as numbered stones.
export function Preview({moves, first, board}: {moves: string[]; first: Side; board: Size}) {
  return (
    <g class="preview">
      {moves.slice(0, 12).map((move, i) => {
        const spot = spotOf(move, board)
        const side = (i % 2 === 0) === (first === 'B') ? 'B' : 'W'
        return spot && (
          <g>
            <Stone {...spot} side={side} />
            <text class={side === 'B' ? 'on-black' : 'on-white'} x={spot.x} y={spot.y}>{i + 1}</text>
          </g>
        )
      })}
    </g>
  )
}

/// The first hint is a square around the best move, the second some moves, the third the best one.
export function Hint() {
  const spots = hintedSpots.value
  if (!spots) return null
  const radius = hintStep.value === 1 ? hintRadius.value + 0.5 : 0.42
  return (
    <g class="hinted">
      {spots.map(({x, y}) => <rect x={x - radius} y={y - radius} width={2 * radius} height={2 * radius} rx={0.3} />)}
    </g>
  )
}

export function Territory({owner, dead, stones, board}: {owner: string; dead: string[]; stones: string; board: Size}) {
  return (
    <g class="territory">
      {[...owner].map((each, cell) => {
        const side = sideOf(each)
        const isEmptyOrDead = stones[cell] === '.' || sideOf(stones[cell]) !== side
        return side && isEmptyOrDead && (
          <rect class={side === 'B' ? 'black' : 'white'} x={(cell % board.width) - 0.17}
            y={Math.floor(cell / board.width) - 0.17} width={0.34} height={0.34} />
        )
      })}
      {dead.map(vertex => {
        const spot = spotOf(vertex, board)
        return spot && <path class="dead" transform={`translate(${spot.x} ${spot.y})`}
          d="M-0.3 -0.3L0.3 0.3M0.3 -0.3L-0.3 0.3" />
      })}
    </g>
  )
}

export function Numbers({numbers, board}: {numbers: (number | undefined)[]; board: Size}) {
  const stones = position.value?.stones ?? ''
  return (
    <g class="numbers">
      {numbers.map((number, cell) => number && (
        <text class={stones[cell] === 'X' ? 'on-black' : 'on-white'} x={cell % board.width} y={Math.floor(cell / board.width)}
          font-size={number < 100 ? 0.46 : 0.36}>{number}</text>
      ))}
    </g>
  )
}

/// Where the net alone would play: the likelier, the darker; in percent from 1 on.
export function PolicyHeat({message, board}: {message: PolicyMessage; board: Size}) {
  const most = Math.max(1, ...message.policy)
  return (
    <g class="policy">
      {message.policy.slice(0, board.width * board.height).map((share, cell) => {
        if (share * 50 < most) return null
        const x = cell % board.width
        const y = Math.floor(cell / board.width)
        return (
          <g>
            <rect x={x - 0.5} y={y - 0.5} width={1} height={1} opacity={0.2 + 0.7 * Math.sqrt(share / most)} />
            {share >= 10 && <text x={x} y={y}>{Math.round(share / 10)}</text>}
          </g>
        )
      })}
    </g>
  )
}

/// A channel of the net, from -100 to 100 percent.
export function Heat({values, board}: {values: number[]; board: Size}) {
  return (
    <g class="heat">
      {values.map((value, cell) => value !== 0 && (
        <rect x={(cell % board.width) - 0.5} y={Math.floor(cell / board.width) - 0.5} width={1} height={1}
          fill={`rgb(${heatColor(value).join(' ')})`} opacity={0.25 + 0.6 * Math.abs(value / 100)} />
      ))}
    </g>
  )
}
