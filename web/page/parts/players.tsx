// The players with their clocks, and how the game stands.
import {useSignal} from '@preact/signals'
import {useEffect} from 'preact/hooks'
import {send} from '../connection'
import {estimates} from '../hint'
import type {Clock, Side} from '../messages'
import {scoreText, timeText} from '../numbers'
import {analysis, clocksSince, game, isPerson, isThinking, lastMove, position} from '../state'
import {t} from '../words'
import {nameOf, resultText} from './result'

/// Counts down between the server's messages, and claims the game when the time is up.
function ClockFace({clock, side}: {clock: Clock; side: Side}) {
  const left = useSignal(clock.seconds)
  useEffect(() => {
    let claimed = false
    const show = () => {
      const passed = clock.running ? (performance.now() - clocksSince.value) / 1000 : 0
      left.value = clock.seconds - passed
      if (left.value <= 0 && clock.running && !claimed) {
        claimed = true
        send({type: 'flag', player: side})
      }
    }
    show()
    const timer = setInterval(show, 100)
    return () => clearInterval(timer)
  }, [clock])
  return <span class={`clock ${left.value < 10 ? 'short' : ''}`}>{timeText(left.value)}</span>
}

export function PlayerCard({side}: {side: Side}) {
  const now = game.value
  if (!now) return null
  const player = side === 'B' ? now.black : now.white
  const clock = now.clocks[side === 'B' ? 0 : 1]
  const captured = position.value?.captures[side === 'B' ? 0 : 1] ?? 0
  const name = player.engine ? t('engine') + (player.level ? ` ${player.level}` : '') : player.name === 'Player' ? t('player') : player.name || nameOf(side)
  const isToMove = now.phase === 'playing' ? now.toMove === side : position.value?.toMove === side
  return (
    <div class={`player ${isToMove ? 'to-move' : ''}`}>
      <span class={`disc ${side === 'B' ? 'black' : 'white'}`} aria-label={nameOf(side)} role="img" />
      <span class="name">{name} {player.rank && <small>{player.rank}</small>}</span>
      <span class="captured">{t('captures', {n: captured})}</span>
      {clock && <ClockFace clock={clock} side={side} />}
    </div>
  )
}

function statusText(): string {
  const now = game.value
  const here = position.value
  if (!now || !here) return ''
  if (now.phase === 'over') return resultText(now.result)
  if (now.phase === 'marking')
    return now.judgement ? t('markDead', {score: now.judgement.score}) : t('counting')
  if (now.phase === 'review') return now.result ? t('result', {result: now.result}) : t('toPlay', {player: nameOf(here.toMove)})
  const last = lastMove.value
  const passed = last?.move === 'pass' ? `${t('passed', {player: nameOf(last.color)})}. ` : ''
  if (isThinking.value) return passed + t('thinking')
  const both = isPerson('B') && isPerson('W')
  return passed + (both ? t('toPlay', {player: nameOf(now.toMove)}) : t('yourMove'))
}

/// How the game stands; screen readers hear the last move as well.
export function StatusLine() {
  const playing = game.value?.phase === 'playing'
  return (
    <>
      <p class="status" role="status" aria-live="polite">
        {lastMove.value && playing && <span class="spoken">{nameOf(lastMove.value.color)} {lastMove.value.move}. </span>}
        {statusText()}
      </p>
      {estimates.value && (
        <p class="hint estimate" role="status">
          {analysis.value ? t('estimated', {score: scoreText(analysis.value.lead), n: Math.round(100 * analysis.value.winrate)}) : '…'}
        </p>
      )}
    </>
  )
}
