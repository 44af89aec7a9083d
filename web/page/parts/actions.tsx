// What can be done with the game.
import {estimates, hintStep, nextHint, toggleEstimate} from '../hint'
import {gifShare, saveGif, savePng} from '../pictures'
import {quiz} from '../quiz'
import {hidesHints, newGame} from '../settings'
import {beginSetup} from '../setup'
import {
  act, children, download, game, isAnalysing, isThinking, makeMainLine, play, playFromHere, position, removeMove, resign, start,
} from '../state'
import {t} from '../words'

interface Item {
  label: string
  act: () => void
}

function Menu({label, items}: {label: string; items: Item[]}) {
  return (
    <details class="menu">
      <summary>{label}</summary>
      <div>
        {items.map(item => (
          <button class="link" onClick={event => {
            event.currentTarget.closest('details')?.removeAttribute('open')
            item.act()
          }}>{item.label}</button>
        ))}
      </div>
    </details>
  )
}

function SaveMenu() {
  const hinted = hidesHints.value ? [] : [
    {label: t('saveAnalysis'), act: () => download('analysis')},
    {label: t('saveHtml'), act: () => download('html')},
  ]
  return (
    <Menu label={gifShare.value === null ? t('save') : `GIF ${Math.round(100 * gifShare.value)} %`} items={[
      {label: t('saveSgf'), act: () => download('sgf')},
      ...hinted,
      {label: t('savePng'), act: savePng},
      {label: t('saveGif'), act: saveGif},
      {label: t('print'), act: () => print()},
    ]} />
  )
}

function EditMenu() {
  const here = position.value?.node ?? 0
  const items = [{label: t('setup'), act: beginSetup}]
  if (here > (game.value?.last ?? 0)) items.push({label: t('makeMainLine'), act: makeMainLine})
  if (here > 0) items.push({label: t(children.value.length > 0 ? 'removeMoves' : 'removeMove'), act: removeMove})
  return <Menu label={t('edit')} items={items} />
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
      {(now.phase === 'review' || now.phase === 'over') && !quiz.value && <EditMenu />}
      <SaveMenu />
    </div>
  )
}
