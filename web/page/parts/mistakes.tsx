// What the game's review says: the largest mistakes, each player's sums, and all moves.
import {useSignal} from '@preact/signals'
import type {Loss, PlayerReview, Side} from '../messages'
import {signedLead} from '../numbers'
import {beginQuiz, quiz} from '../quiz'
import {losses, mistakes, nextMistake, review} from '../review'
import {hidesHints} from '../settings'
import {findings, game, go, line, position} from '../state'
import {t} from '../words'
import {nameOf} from './result'

const MOST_LISTED = 10
const SIDES = ['B', 'W'] as const

const Disc = ({side}: {side: Side}) => (
  <span class={`disc ${side === 'B' ? 'black' : 'white'}`} role="img" aria-label={nameOf(side)} />
)

function Largest() {
  const worst = [...mistakes.value].sort((a, b) => b.points - a.points).slice(0, MOST_LISTED)
  if (worst.length === 0) return <p class="hint">{t('noMistakes')}</p>
  return (
    <>
      <div class="actions">
        <button onClick={nextMistake}>{t('nextMistake')}</button>
        {SIDES.filter(side => worst.some(each => each.side === side)).map(side =>
          <button onClick={() => beginQuiz(side)}>{t('quiz', {player: nameOf(side)})}</button>)}
      </div>
      <ol>
        {worst.map(each => (
          <li><button class="link" onClick={() => go(each.node)}>
            <Disc side={each.side} /> {line.value.indexOf(each.node)} {each.move}{each.verdict}
            <span class="loss">{t('lost', {n: each.points.toFixed(1)})}</span> {Math.round(100 * each.winrate)} %{' '}
            <small>{t('better', {move: each.best})}</small>
          </button></li>
        ))}
      </ol>
    </>
  )
}

/// Each player's sums, as `ponnuki analyze` prints them.
function Sums() {
  const players = review.value?.players
  if (!players || players.every(each => each.moves === 0)) return null
  const row = (label: string, value: (player: PlayerReview) => string | number) => (
    <tr><th scope="row">{label}</th>{players.map(each => <td>{value(each)}</td>)}</tr>
  )
  const phases = [t('opening'), t('middleGame'), t('endgame')]
  return (
    <table class="sums">
      <thead><tr><td />{SIDES.map(side => <th scope="col"><Disc side={side} /></th>)}</tr></thead>
      <tbody>
        {row(t('bestMoves'), each => `${Math.round((100 * each.best) / Math.max(1, each.moves))} %`)}
        {row(t('mistakesAndBlunders'), each => `${each.mistakes} + ${each.blunders}`)}
        {row(t('lostEach'), each => each.mean.toFixed(2))}
        {phases.map((phase, i) => row(t('lostIn', {phase}), each => each.points[i].toFixed(1)))}
        {players.some(each => each.rank) &&
          row(t('shownRank'), each => (each.rank ? `${each.rank[0]} (${each.rank[1]} – ${each.rank[2]})` : '–'))}
      </tbody>
    </table>
  )
}

function MoveRow({node, number, loss}: {node: number; number: number; loss: Loss | undefined}) {
  const [, side, move] = game.value!.nodes[node]
  const finding = findings.value.get(node)
  return (
    <tr class={node === position.value?.node ? 'here' : ''} onClick={() => go(node)}>
      <td>{number}</td>
      <td>{side && <Disc side={side} />} {move}{loss?.verdict}</td>
      <td>{loss && (loss.best === move ? '=' : loss.best)}</td>
      <td>{finding && `${Math.round(100 * finding.winrate)} %`}</td>
      <td>{finding && signedLead(finding.lead, 'B')}</td>
      <td>{loss && Math.max(0, loss.points).toFixed(1)}</td>
    </tr>
  )
}

function AllMoves() {
  const isOpen = useSignal(false)
  return (
    <details class="all-moves" onToggle={event => (isOpen.value = event.currentTarget.open)}>
      <summary>{t('allMoves')}</summary>
      <div tabIndex={0} role="group" aria-label={t('allMoves')}>
        <table>
          <thead><tr><th>#</th><th>{t('move')}</th><th>{t('best')}</th><th>{t('winrate')} ({t('black')})</th><th>{t('lead')}</th><th>{t('loss')}</th></tr></thead>
          <tbody>
            {isOpen.value && line.value.slice(1).map((node, i) => <MoveRow node={node} number={i + 1} loss={losses.value.get(node)} />)}
          </tbody>
        </table>
      </div>
    </details>
  )
}

export function Mistakes() {
  const now = game.value
  if (!now || now.phase === 'playing' || now.phase === 'marking' || hidesHints.value || quiz.value || line.value.length < 2) return null
  return (
    <section class="mistakes">
      <h2>{t('mistakes')}</h2>
      <Largest />
      <Sums />
      <AllMoves />
    </section>
  )
}
