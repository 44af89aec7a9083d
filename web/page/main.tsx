import {effect} from '@preact/signals'
import {render} from 'preact'
import './app.css'
import {Board} from './board'
import {isConnected} from './connection'
import {Dialogs, readRecord} from './dialogs'
import {onKey} from './keys'
import {Panel} from './panel'
import {hidesHints, language, theme} from './settings'
import {begin, dialog, game, importRecord, problem} from './state'
import {t} from './words'

function Header() {
  return (
    <header class="top">
      <h1>Ponnuki</h1>
      <nav>
        <button onClick={() => (dialog.value = 'new')}>{t('newGame')}</button>
        <button onClick={() => (dialog.value = 'games')}>{t('games')}</button>
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
      <main><Board /><Panel /></main>
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
  if (file) readRecord(file)
})
addEventListener('paste', event => {
  const text = event.clipboardData?.getData('text') ?? ''
  const isField = event.target instanceof Element && event.target.closest('input, textarea')
  if (!isField && text.includes('(;')) importRecord(text)
})
begin()
render(<App />, document.getElementById('app') as HTMLElement)
