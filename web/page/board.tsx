// The board: a drawing (SVG) below a grid of cells, which takes clicks and keys and which screen
// readers read.
import {signal, useSignal} from '@preact/signals'
import {useEffect, useRef} from 'preact/hooks'
import {cellOf, columnName, rowName, spotOf, starPoints, vertexOf, type Size, type Spot} from './geometry'
import type {Candidate, Side} from './messages'
import {hintedSpots, hintRadius, hintStep} from './hint'
import {quiz} from './quiz'
import {
  analysis, canPlay, clicker, game, isAnalysing, lastMove, mark, play, position, preview, size,
} from './state'
import {confirmsMoves, hidesHints, showsCandidates, showsCoordinates, showsOwnership} from './settings'
import {signedLead, winrateFor} from './numbers'
import {t} from './words'

/// The point that the keyboard's cursor is on.
export const cursor = signal<Spot | null>(null)

const MARGIN = 0.9
/// Cells below so many pixels are enlarged before a move on a touch screen.
const SMALL_CELL = 28

const sideOf = (stone: string): Side | null => (stone === 'X' ? 'B' : stone === 'O' ? 'W' : null)

function Grid({board}: {board: Size}) {
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

function Stone({x, y, side, kind = ''}: Spot & {side: Side; kind?: string}) {
  return <circle class={`stone ${side === 'B' ? 'black' : 'white'} ${kind}`} cx={x} cy={y} r={0.47} />
}

/// Squares whose size says how sure an owner is.
function Ownership({owners, board}: {owners: number[]; board: Size}) {
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

function Candidates({board}: {board: Size}) {
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
function Preview({moves, first, board}: {moves: string[]; first: Side; board: Size}) {
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
function Hint() {
  const spots = hintedSpots.value
  if (!spots) return null
  const radius = hintStep.value === 1 ? hintRadius.value + 0.5 : 0.42
  return (
    <g class="hinted">
      {spots.map(({x, y}) => <rect x={x - radius} y={y - radius} width={2 * radius} height={2 * radius} rx={0.3} />)}
    </g>
  )
}

function Territory({owner, dead, stones, board}: {owner: string; dead: string[]; stones: string; board: Size}) {
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

function spoken(spot: Spot, board: Size): string {
  const stones = position.value?.stones ?? ''
  const stone = stones[cellOf(spot, board)]
  const vertex = vertexOf(spot, board)
  const what = stone === 'X' ? t('blackStone') : stone === 'O' ? t('whiteStone') : t('empty')
  const last = lastMove.value?.move === vertex ? `, ${t('lastMove')}` : ''
  const dead = game.value?.judgement?.dead.includes(vertex) ? `, ${t('dead')}` : ''
  return `${vertex} ${what}${last}${dead}`
}

export function Board() {
  const board = size.value
  const here = position.value
  const now = game.value
  const hovered = useSignal<Spot | null>(null)
  const waiting = useSignal<Spot | null>(null) // for a second tap
  const zoom = useSignal<Spot | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    hovered.value = waiting.value = zoom.value = null
  }, [here?.node, here?.version])

  const isMarking = now?.phase === 'marking'
  const clickable = (spot: Spot) =>
    isMarking ? here !== null && here.stones[cellOf(spot, board)] !== '.' : canPlay(vertexOf(spot, board))

  function choose(spot: Spot): void {
    cursor.value = spot
    if (!clickable(spot)) return
    const vertex = vertexOf(spot, board)
    if (isMarking) return mark(vertex)
    const again = waiting.value?.x === spot.x && waiting.value?.y === spot.y
    if (!confirmsMoves.value || again) return play(vertex)
    waiting.value = spot
    const cell = (frame.current?.clientWidth ?? 0) / (board.width + 2 * MARGIN)
    if (!zoom.value && cell < SMALL_CELL) zoom.value = spot
  }

  function onKeyDown(event: KeyboardEvent): void {
    const move = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key]
    const at = cursor.value ?? {x: Math.floor(board.width / 2), y: Math.floor(board.height / 2)}
    if (move) {
      cursor.value = {
        x: Math.max(0, Math.min(board.width - 1, at.x + move[0])),
        y: Math.max(0, Math.min(board.height - 1, at.y + move[1])),
      }
      const next = frame.current?.querySelector<HTMLElement>(`[data-vertex="${vertexOf(cursor.value, board)}"]`)
      next?.focus()
    } else if (event.key === 'Enter' || event.key === ' ') {
      choose(at)
    } else {
      return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  const ghost = waiting.value ?? hovered.value
  const last = lastMove.value && spotOf(lastMove.value.move, board)
  const shown = preview.value
  const showsSearch = isAnalysing.value && !hidesHints.value && !quiz.value
  const owners = analysis.value?.ownership
  const view = `${-MARGIN - 0.1} ${-MARGIN - 0.1} ${board.width - 0.8 + 2 * MARGIN} ${board.height - 0.8 + 2 * MARGIN}`
  const focus = cursor.value ?? {x: Math.floor(board.width / 2), y: Math.floor(board.height / 2)}
  const zoomStyle = zoom.value
    ? {transform: 'scale(2)', transformOrigin: `${(100 * (zoom.value.x + 0.5)) / board.width}% ${(100 * (zoom.value.y + 0.5)) / board.height}%`}
    : {}
  return (
    <div class="board" ref={frame} style={{aspectRatio: `${board.width + 1} / ${board.height + 1}`}}>
      <div class="zoomed" style={zoomStyle}>
        <svg viewBox={view} aria-hidden="true">
          <defs>
            <radialGradient id="black" cx="0.35" cy="0.3" r="0.8"><stop class="shine" offset="0" /><stop class="edge" offset="1" /></radialGradient>
            <radialGradient id="white" cx="0.35" cy="0.3" r="0.9"><stop class="shine" offset="0.3" /><stop class="edge" offset="1" /></radialGradient>
          </defs>
          <rect class="wood" x={-2} y={-2} width={board.width + 4} height={board.height + 4} />
          <Grid board={board} />
          {here && [...here.stones].map((each, cell) => {
            const side = sideOf(each)
            return side && <Stone x={cell % board.width} y={Math.floor(cell / board.width)} side={side} />
          })}
          {last && lastMove.value && !shown &&
            <circle class={`last ${lastMove.value.color === 'B' ? 'on-black' : 'on-white'}`} cx={last.x} cy={last.y} r={0.24} />}
          {owners && showsSearch && showsOwnership.value && !now?.judgement && <Ownership owners={owners} board={board} />}
          {!shown && showsSearch && showsCandidates.value && <Candidates board={board} />}
          {!hidesHints.value && <Hint />}
          {shown && here && <Preview moves={shown} first={here.toMove} board={board} />}
          {now?.judgement && here && here.node === now.last &&
            <Territory owner={now.judgement.owner} dead={now.judgement.dead} stones={here.stones} board={board} />}
          {ghost && !isMarking && clicker.value && canPlay(vertexOf(ghost, board)) &&
            <Stone {...ghost} side={clicker.value} kind={waiting.value ? 'waiting' : 'ghost'} />}
        </svg>
        <div class="cells" style={{inset: `${50 / (board.height + 1)}% ${50 / (board.width + 1)}%`}} role="grid" aria-label={t('board')} aria-rowcount={board.height} aria-colcount={board.width}
          onKeyDown={onKeyDown} onPointerLeave={() => (hovered.value = null)}>
          {[...Array(board.height).keys()].map(y => (
            <div role="row" aria-rowindex={y + 1}>
              {[...Array(board.width).keys()].map(x => (
                <div role="gridcell" data-vertex={vertexOf({x, y}, board)} aria-label={spoken({x, y}, board)}
                  aria-colindex={x + 1} tabIndex={focus.x === x && focus.y === y ? 0 : -1}
                  class={clickable({x, y}) ? 'clickable' : ''}
                  onMouseDown={event => event.preventDefault() /* arrow keys then still step through the game */}
                  onClick={() => choose({x, y})} onFocus={() => (cursor.value = {x, y})}
                  onPointerMove={event => {
                    if (event.pointerType === 'mouse') hovered.value = {x, y}
                    const candidate = analysis.value?.moves.find(each => each.move === vertexOf({x, y}, board))
                    const pv = candidate && showsSearch && showsCandidates.value ? candidate.pv : null
                    if (event.pointerType === 'mouse' && pv?.join() !== preview.value?.join()) preview.value = pv
                  }} />
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}
