// The board: a drawing (SVG) below a grid of cells, which takes clicks and keys and which screen
// readers read.
import {signal, useSignal} from '@preact/signals'
import {useEffect, useRef} from 'preact/hooks'
import {cellOf, spotOf, vertexOf, type Size, type Spot} from '../geometry'
import {estimates} from '../hint'
import {overlay} from '../net'
import {policy} from '../policy'
import {isReady, quiz} from '../quiz'
import {confirmsMoves, hidesHints, showsCandidates, showsMoveNumbers, showsOwnership} from '../settings'
import {setUp, setupTool} from '../setup'
import {analysis, canPlay, clicker, game, isAnalysing, lastMove, mark, moveNumbers, play, position, preview, size, view} from '../state'
import {t} from '../words'
import {Candidates, Grid, Heat, Hint, Numbers, Ownership, PolicyHeat, Preview, Stone, Territory, sideOf} from './board_layers'

/// The point that the keyboard's cursor is on.
export const cursor = signal<Spot | null>(null)

const MARGIN = 0.9
/// Cells below so many pixels are enlarged before a move on a touch screen.
const SMALL_CELL = 28

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
  const sets = setupTool.value !== null
  const stoneAt = (spot: Spot) => here?.stones[cellOf(spot, board)] ?? '.'
  const clickable = (spot: Spot) =>
    isReady.value && (sets || (isMarking ? stoneAt(spot) !== '.' : canPlay(vertexOf(spot, board))))

  function choose(spot: Spot): void {
    cursor.value = spot
    if (!clickable(spot)) return
    const vertex = vertexOf(spot, board)
    if (sets) return setUp(vertex, sideOf(stoneAt(spot)))
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
  const showsSearch = isAnalysing.value && !hidesHints.value && !quiz.value && view.value === 'game'
  const owners = analysis.value?.ownership
  const showsOwners = !now?.judgement && ((showsSearch && showsOwnership.value) || (estimates.value && view.value === 'game'))
  const heat = overlay.value
  const box = `${-MARGIN - 0.1} ${-MARGIN - 0.1} ${board.width - 0.8 + 2 * MARGIN} ${board.height - 0.8 + 2 * MARGIN}`
  const focus = cursor.value ?? {x: Math.floor(board.width / 2), y: Math.floor(board.height / 2)}
  const zoomStyle = zoom.value
    ? {transform: 'scale(2)', transformOrigin: `${(100 * (zoom.value.x + 0.5)) / board.width}% ${(100 * (zoom.value.y + 0.5)) / board.height}%`}
    : {}
  return (
    <div class="board" ref={frame} style={{aspectRatio: `${board.width + 1} / ${board.height + 1}`}}>
      <div class="zoomed" style={zoomStyle}>
        <svg viewBox={box} aria-hidden="true">
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
          {showsMoveNumbers.value && !shown && <Numbers numbers={moveNumbers.value} board={board} />}
          {last && lastMove.value && !shown && !showsMoveNumbers.value &&
            <circle class={`last ${lastMove.value.color === 'B' ? 'on-black' : 'on-white'}`} cx={last.x} cy={last.y} r={0.24} />}
          {owners && showsOwners && <Ownership owners={owners} board={board} />}
          {policy.value && showsSearch && <PolicyHeat message={policy.value} board={board} />}
          {heat && <Heat values={heat} board={board} />}
          {!shown && showsSearch && showsCandidates.value && <Candidates board={board} />}
          {!hidesHints.value && <Hint />}
          {shown && here && <Preview moves={shown} first={here.toMove} board={board} />}
          {now?.judgement && here && here.node === now.last &&
            <Territory owner={now.judgement.owner} dead={now.judgement.dead} stones={here.stones} board={board} />}
          {ghost && !isMarking && !sets && clicker.value && canPlay(vertexOf(ghost, board)) &&
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
