// What takes over the panel for a while: a lesson, a quiz, setting up stones.
import {endQuiz, forgetTask, isRight, lostByTry, nextTask, quiz, task, tryAgain} from '../quiz'
import {endSetup, setPlayer, setupTool} from '../setup'
import {game, play, position, preview} from '../state'
import {t} from '../words'
import {nameOf} from './result'

/// Why the last move was taken back; what would have followed is on the board while the mouse is here.
export function LessonCard() {
  const lesson = game.value?.lesson
  if (!lesson || game.value?.phase !== 'playing') return null
  const show = () => (preview.value = [lesson.move, ...lesson.pv])
  const hide = () => (preview.value = null)
  return (
    <section class="quiz" onMouseEnter={show} onMouseLeave={hide}>
      <p role="status">{t('takenBack', {move: lesson.move, n: lesson.points.toFixed(1), p: Math.max(0, Math.round(100 * lesson.winrate))})}</p>
      <div class="actions">
        <button onClick={show}>{t('showWhy')}</button>
        <button onClick={() => play(lesson.move)}>{t('insist')}</button>
      </div>
    </section>
  )
}

export function QuizCard() {
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
        {now.tried && <button onClick={forgetTask}>{t('forgetTask')}</button>}
        <button onClick={endQuiz}>{t('close')}</button>
      </div>
    </section>
  )
}

export function SetupCard() {
  if (setupTool.value === null) return null
  return (
    <section class="quiz">
      <h2>{t('setup')}</h2>
      <p class="hint">{t('setupHelp')}</p>
      <div class="choices">
        {(['B', 'W', 'empty'] as const).map(tool => (
          <label><input type="radio" name="tool" checked={setupTool.value === tool} onChange={() => (setupTool.value = tool)} />{' '}
            {t(tool === 'B' ? 'blackStone' : tool === 'W' ? 'whiteStone' : 'erase')}</label>
        ))}
      </div>
      <div class="choices">
        {(['B', 'W'] as const).map(side => (
          <label><input type="radio" name="turn" checked={position.value?.toMove === side} onChange={() => setPlayer(side)} />{' '}
            {t('toPlay', {player: nameOf(side)})}</label>
        ))}
      </div>
      <div class="actions"><button class="main" onClick={endSetup}>{t('done')}</button></div>
    </section>
  )
}
