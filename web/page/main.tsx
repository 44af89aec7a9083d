import './sane_language'
import {effect} from '@preact/signals'
import {render} from 'preact'
import './app.css'
import {isConnected} from './connection'
import {onKey} from './keys'
import {beginNet} from './net'
import {Board} from './parts/board'
import {Dialogs} from './parts/dialogs'
import {Panel} from './parts/panel'
import {TrainingView} from './parts/training_view'
import {beginPictures} from './pictures'
import {beginPolicy} from './policy'
import {beginDue, beginQuizzes, deck, quiz} from './quiz'
import {beginReview} from './review'
import {hidesHints, language, theme} from './settings'
import {begin, dialog, game, hasTraining, importFile, importText, problem, view, type View} from './state'
import {beginTraining} from './training'
import {t} from './words'

/// A button that shows something else than the game, and the game again.
function ViewButton({show, label}: {show: View; label: string}) {
  const isShown = view.value === show
  return <button aria-pressed={isShown} onClick={() => (view.value = isShown ? 'game' : show)}>{label}</button>
}

function Header() {
  return (
    <header class="top">
      <h1>Ponnuki</h1>
      <nav>
        <button onClick={() => (dialog.value = 'new')}>{t('newGame')}</button>
        <button onClick={() => (dialog.value = 'games')}>{t('games')}</button>
        {!quiz.value && deck.value && deck.value.due.length > 0 &&
          <button onClick={beginDue}>{t('dueQuiz', {n: deck.value.due.length})}</button>}
        <ViewButton show="net" label={t('net')} />
        {hasTraining.value && <ViewButton show="training" label={t('training')} />}
        <button aria-pressed={hidesHints.value} onClick={() => (hidesHints.value = !hidesHints.value)}>{t('lock')}</button>
        <button onClick={() => (dialog.value = 'settings')}>{t('settings')}</button>
        <button onClick={() => (dialog.value = 'help')} aria-label={t('help')}>?</button>
      </nav>
    </header>
  )
}

function Messages() {
  return (
    <>
      {!isConnected.value && game.value && <p class="notice" role="status">{t('connecting')}</p>}
      {problem.value && (
        <p class="notice problem" role="alert">{problem.value}
          <button class="quiet" onClick={() => (problem.value = '')} aria-label={t('close')}>✕</button></p>
      )}
    </>
  )
}

function App() {
  return (
    <>
      <Header />
      <Messages />
      {view.value === 'training' ? <TrainingView /> : <main><Board /><Panel /></main>}
      <Dialogs />
    </>
  )
}

effect(() => {
  document.documentElement.lang = language.value
  document.documentElement.dataset.theme = theme.value
})
addEventListener('keydown', onKey)
addEventListener('dragover', event => event.preventDefault())
addEventListener('drop', event => {
  event.preventDefault()
  const file = event.dataTransfer?.files[0]
  if (file) importFile(file)
})
addEventListener('paste', event => {
  const text = event.clipboardData?.getData('text') ?? ''
  const isField = event.target instanceof Element && event.target.closest('input, textarea')
  if (!isField && text.includes('(;')) importText(text)
})
for (const each of [beginReview, beginQuizzes, beginPolicy, beginNet, beginTraining, beginPictures]) each()
begin()
render(<App />, document.getElementById('app') as HTMLElement)
