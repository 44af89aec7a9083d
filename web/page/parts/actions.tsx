// What can be done with the game.
import {estimates, hintStep, nextHint, toggleEstimate} from '../hint'
import {gifShare, saveGif, savePng} from '../pictures'
import {quiz} from '../quiz'
import {hidesHints, newGame} from '../settings'
import {beginSetup} from '../setup'
import {act, download, game, isAnalysing, isThinking, play, playFromHere, resign, start} from '../state'
import {t} from '../words'

function SaveMenu() {
  const item = (label: string, action: () => void) => (
    <button class="link" onClick={event => {
      event.currentTarget.closest('details')?.removeAttribute('open')
      action()
    }}>{label}</button>
  )
  return (
    <details class="menu">
      <summary>{gifShare.value === null ? t('save') : `GIF ${Math.round(100 * gifShare.value)} %`}</summary>
      <div>
        {item(t('saveSgf'), () => download('sgf'))}
        {!hidesHints.value && item(t('saveAnalysis'), () => download('analysis'))}
        {!hidesHints.value && item(t('saveHtml'), () => download('html'))}
        {item(t('savePng'), savePng)}
        {item(t('saveGif'), saveGif)}
        {item(t('print'), () => print())}
      </div>
    </details>
  )
}

export function Actions() {
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
      {!hidesHints.value && !quiz.value && now.phase !== 'marking' && now.phase !== 'over' && !isAnalysing.value &&
        <button aria-pressed={estimates.value} onClick={toggleEstimate}>{t('estimate')}</button>}
      {!hidesHints.value && !quiz.value &&
        <button aria-pressed={isAnalysing.value} onClick={() => (isAnalysing.value = !isAnalysing.value)}>
          {t(isAnalysing.value ? 'stopAnalysis' : 'analyse')}
        </button>}
      {(now.phase === 'review' || now.phase === 'over') &&
        <button onClick={() => playFromHere(newGame.value.white.level ?? newGame.value.black.level)}>{t('playFromHere')}</button>}
      {(now.phase === 'review' || now.phase === 'over') && <button onClick={beginSetup}>{t('setup')}</button>}
      <SaveMenu />
    </div>
  )
}
