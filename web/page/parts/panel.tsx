// Beside the board: the players, what can be done, and what searches say.
import {quiz} from '../quiz'
import {hidesHints} from '../settings'
import {setupTool} from '../setup'
import {dialog, game, view} from '../state'
import {t} from '../words'
import {Actions} from './actions'
import {LessonCard, QuizCard, SetupCard} from './cards'
import {Comment} from './comment'
import {Graph} from './graph'
import {Mistakes} from './mistakes'
import {Navigation, Tree} from './navigation'
import {NetView} from './net_view'
import {PlayerCard, StatusLine} from './players'
import {Searches} from './searches'

function GamePanel() {
  const now = game.value!
  const notes = [now.black.note, now.white.note].filter(Boolean)
  return (
    <>
      <PlayerCard side="B" />
      <PlayerCard side="W" />
      <StatusLine />
      {now.judgement?.unsure && now.phase === 'marking' && <p class="hint">{t('unsure')}</p>}
      {notes.map(note => <p class="hint">{note}</p>)}
      <LessonCard />
      {setupTool.value !== null ? <SetupCard /> : <Actions />}
      {quiz.value ? <QuizCard /> : <><Navigation /><Tree /></>}
      <Searches />
      {!hidesHints.value && !quiz.value && now.phase !== 'playing' && <Graph />}
      <Mistakes />
      <Comment />
      <p class="hint"><span title={now.rules}>{now.rules.startsWith('{') ? t('ownRules') : now.rules}</span>, {t('komi')} {now.komi}{now.handicap > 1 && `, ${t('stones', {n: now.handicap})}`}</p>
    </>
  )
}

export function Panel() {
  if (!game.value) return <aside class="panel"><button class="main" onClick={() => (dialog.value = 'new')}>{t('newGame')}</button></aside>
  return <aside class="panel">{view.value === 'net' ? <><Navigation /><NetView /></> : <GamePanel />}</aside>
}
