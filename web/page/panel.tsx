// Beside the board: the players, what can be done, and what searches say.
import {useSignal} from '@preact/signals'
import {useEffect} from 'preact/hooks'
import {Graph} from './graph'
import type {Clock, Side} from './messages'
import {signedLead, timeText, visitsText, winrateFor} from './numbers'
import {hintStep, nextHint} from './hint'
import {beginQuiz, endQuiz, isRight, lostByTry, nextTask, quiz, task, tryAgain} from './quiz'
import {mistakes, nextMistake} from './review'
import {
  act, analysis, children, clocksSince, comment, dialog, download, game, go, isAnalysing, isPerson, isThinking, lastMove, line,
  place, play, playFromHere, position, preview, removeMove, resign, start, step,
} from './state'
import {send} from './connection'
import {EFFORTS, effort, hidesHints, newGame, showsCandidates, showsOwnership, type Effort} from './settings'
import {quality} from './board'
import {t} from './words'

const nameOf = (side: Side) => t(side === 'B' ? 'black' : 'white')

/// "Black wins by 3.5 points".
export function resultText(result: string): string {
  const match = /^([BW])\+(.*)$/.exec(result)
  if (!match) return result === 'Void' ? t('noResult') : result === '0' || /^draw$/i.test(result) ? t('draw') : result
  const [, side, how] = match
  const player = nameOf(side as Side)
  if (/^R/i.test(how)) return t('won', {player, how: t('byResignation')})
  if (/^T/i.test(how)) return t('won', {player, how: t('byTime')})
  return t('won', {player, how: t('byPoints', {n: how})})
}

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

function PlayerCard({side}: {side: Side}) {
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

function Actions() {
  const now = game.value
  if (!now) return null
  const canUndo = now.phase !== 'review' && now.nodes.length > 1
  return (
    <div class="actions">
      {now.phase === 'playing' && <button onClick={() => play('pass')} disabled={isThinking.value}>{t('pass')}</button>}
      {canUndo && <button onClick={() => act('undo')}>{t('undo')}</button>}
      {now.phase === 'playing' && <button onClick={resign}>{t('resign')}</button>}
      {now.phase === 'marking' && now.judgement && <button class="main" onClick={() => act('accept')}>{t('accept')}</button>}
      {now.phase === 'marking' && <button onClick={() => act('resume')}>{t('resume')}</button>}
      {now.phase === 'over' && <button class="main" onClick={() => start(newGame.value)}>{t('rematch')}</button>}
      {!hidesHints.value && now.phase === 'playing' && !isThinking.value &&
        <button onClick={nextHint} disabled={hintStep.value === 3}>{t(hintStep.value === 0 ? 'hint' : 'moreHint')}</button>}
      {!hidesHints.value && !quiz.value &&
        <button aria-pressed={isAnalysing.value} onClick={() => (isAnalysing.value = !isAnalysing.value)}>
          {t(isAnalysing.value ? 'stopAnalysis' : 'analyse')}
        </button>}
      {(now.phase === 'review' || now.phase === 'over') &&
        <button onClick={() => playFromHere(newGame.value.white.level ?? newGame.value.black.level)}>{t('playFromHere')}</button>}
      <details class="menu">
        <summary>{t('save')}</summary>
        <div>
          <button class="link" onClick={() => download('sgf')}>{t('saveSgf')}</button>
          <button class="link" onClick={() => download('analysis')}>{t('saveAnalysis')}</button>
          <button class="link" onClick={() => download('html')}>{t('saveHtml')}</button>
        </div>
      </details>
    </div>
  )
}

function Navigation() {
  const end = line.value.length - 1
  const branches = children.value
  const canRemove = (game.value?.phase === 'review' || game.value?.phase === 'over') && place.value > 0 && branches.length === 0
  return (
    <nav class="navigation" aria-label={t('moveNumber', {n: place.value})}>
      <button onClick={() => step(-end)} disabled={place.value === 0} aria-label={t('first')}>«</button>
      <button onClick={() => step(-1)} disabled={place.value === 0} aria-label={t('previous')}>‹</button>
      <input type="range" min={0} max={end} value={place.value} aria-label={t('moveNumber', {n: place.value})}
        onInput={event => step(Number(event.currentTarget.value) - place.value)} />
      <output>{position.value?.moveNumber ?? 0}</output>
      <button onClick={() => step(1)} disabled={place.value >= end} aria-label={t('next')}>›</button>
      <button onClick={() => step(end)} disabled={place.value >= end} aria-label={t('last')}>»</button>
      {branches.length > 1 && (
        <div class="branches" aria-label={t('variations')}>
          {branches.map(node => <button onClick={() => go(node)}>{game.value?.nodes[node][2]}</button>)}
        </div>
      )}
      {canRemove && <button class="quiet" onClick={removeMove}>{t('removeMove')}</button>}
    </nav>
  )
}

function Searches() {
  const now = analysis.value
  const side = position.value?.toMove
  if (!isAnalysing.value || hidesHints.value || quiz.value || !side) return null
  return (
    <section class="searches">
      <div class="choices">
        <label>{t('effort')}{' '}
          <select value={effort.value} onChange={event => (effort.value = event.currentTarget.value as Effort)}>
            {(Object.keys(EFFORTS) as Effort[]).map(each => <option value={each}>{t(each)}</option>)}
          </select>
        </label>
        <label><input type="checkbox" checked={showsCandidates.value} onChange={event => (showsCandidates.value = event.currentTarget.checked)} /> {t('candidates')}</label>
        <label><input type="checkbox" checked={showsOwnership.value} onChange={event => (showsOwnership.value = event.currentTarget.checked)} /> {t('ownership')}</label>
      </div>
      <table>
        <thead><tr><th>{t('move')}</th><th>{t('winrate')}</th><th>{t('lead')}</th><th>{t('visits')}</th></tr></thead>
        <tbody>
          {(now?.moves ?? []).slice(0, 8).map(each => (
            <tr onMouseEnter={() => (preview.value = each.pv)} onMouseLeave={() => (preview.value = null)}>
              <td><button class={`candidate ${quality(each, now!.moves[0], side)}`} onClick={() => play(each.move)}
                onFocus={() => (preview.value = each.pv)} onBlur={() => (preview.value = null)}
                title={t(quality(each, now!.moves[0], side))}>{each.move}</button></td>
              <td>{winrateFor(each.winrate, side)} %</td><td>{signedLead(each.lead, side)}</td><td>{visitsText(each.visits)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">{now ? `${visitsText(now.visits)} ${t('visits')}` : '…'}</p>
    </section>
  )
}

function Mistakes() {
  const now = game.value
  if (!now || now.phase === 'playing' || now.phase === 'marking' || hidesHints.value || quiz.value) return null
  const worst = [...mistakes.value].sort((a, b) => b.points - a.points).slice(0, 10)
  return (
    <section class="mistakes">
      <h2>{t('mistakes')}</h2>
      {worst.length === 0 ? <p class="hint">{t('noMistakes')}</p> : <>
        <div class="actions">
          <button onClick={nextMistake}>{t('nextMistake')}</button>
          {(['B', 'W'] as const).filter(side => worst.some(each => each.side === side)).map(side =>
            <button onClick={() => beginQuiz(side)}>{t('quiz', {player: nameOf(side)})}</button>)}
        </div>
        <ol>
          {worst.map(each => (
            <li><button class="link" onClick={() => go(each.node)}>
              <span class={`disc ${each.side === 'B' ? 'black' : 'white'}`} /> {line.value.indexOf(each.node)} {each.move}
              <span class="loss">{t('lost', {n: each.points.toFixed(1)})}</span>
              <small>{t('better', {move: each.better})}</small>
            </button></li>
          ))}
        </ol>
      </>}
    </section>
  )
}

/// Why the last move was taken back; what would have followed is on the board while the mouse is here.
function LessonCard() {
  const lesson = game.value?.lesson
  if (!lesson || game.value?.phase !== 'playing') return null
  const show = () => (preview.value = [lesson.move, ...lesson.pv])
  const hide = () => (preview.value = null)
  return (
    <section class="quiz" onMouseEnter={show} onMouseLeave={hide}>
      <p role="status">{t('takenBack', {move: lesson.move, n: lesson.points.toFixed(1)})}</p>
      <div class="actions">
        <button onClick={show}>{t('showWhy')}</button>
        <button onClick={() => play(lesson.move)}>{t('insist')}</button>
      </div>
    </section>
  )
}

function QuizCard() {
  const now = quiz.value
  if (!now || !task.value) return null
  const lost = lostByTry.value
  return (
    <section class="quiz">
      <h2>{t('quizTask', {n: now.at + 1, of: now.tasks.length})}</h2>
      <p role="status" aria-live="polite">
        {!now.tried ? t('findBetter', {player: nameOf(task.value.side)})
          : lost === null ? '…'
          : t(isRight.value ? 'right' : 'wrong', {n: lost.toFixed(1)})}
      </p>
      {now.tried && lost !== null && <p class="hint">{t('inTheGame', {move: task.value.move, n: task.value.points.toFixed(1)})}</p>}
      <div class="actions">
        {now.tried && <button onClick={tryAgain}>{t('tryAgain')}</button>}
        <button class="main" onClick={nextTask}>{t(now.at + 1 < now.tasks.length ? 'nextTask' : 'endQuiz')}</button>
        <button onClick={endQuiz}>{t('close')}</button>
      </div>
    </section>
  )
}

function Comment() {
  const now = game.value
  const here = position.value
  if (!now || !here || quiz.value) return null
  const text = now.comments[String(here.node)] ?? ''
  return (
    <section class="comment">
      <label>{t('comment')}
        <textarea rows={text ? 4 : 1} value={text} key={`${now.game} ${here.node}`}
          onChange={event => comment(event.currentTarget.value)} />
      </label>
    </section>
  )
}

export function Panel() {
  const now = game.value
  if (!now) return <aside class="panel"><button class="main" onClick={() => (dialog.value = 'new')}>{t('newGame')}</button></aside>
  const notes = [now.black.note, now.white.note].filter(Boolean)
  return (
    <aside class="panel">
      <PlayerCard side="B" />
      <PlayerCard side="W" />
      <p class="status" role="status" aria-live="polite">
        {lastMove.value && now.phase === 'playing' && <span class="spoken">{nameOf(lastMove.value.color)} {lastMove.value.move}. </span>}
        {statusText()}
      </p>
      {now.judgement?.unsure && now.phase === 'marking' && <p class="hint">{t('unsure')}</p>}
      {notes.map(note => <p class="hint">{note}</p>)}
      <LessonCard />
      <Actions />
      {quiz.value ? <QuizCard /> : <Navigation />}
      <Searches />
      {!hidesHints.value && !quiz.value && now.phase !== 'playing' && <Graph />}
      <Mistakes />
      <Comment />
      <p class="hint">{now.rules}, {t('komi')} {now.komi}{now.handicap > 1 && `, ${t('stones', {n: now.handicap})}`}</p>
    </aside>
  )
}
