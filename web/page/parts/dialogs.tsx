// The dialogs: a new game, the list of games, settings, keys, about.
import {useEffect} from 'preact/hooks'
import {KEYS} from '../keys'
import {
  confirmsMoves, hasSound, LANGUAGES, language, showsCoordinates, showsMoveNumbers, theme, type Language, type Theme,
} from '../settings'
import {act, dialog, folder, games, importFile, open, remove} from '../state'
import {t} from '../words'
import {Frame} from './frame'
import {NewGame} from './new_game'
import {resultText} from './result'

function Games() {
  useEffect(() => act('games'), [])
  return (
    <Frame title={t('games')}>
      <p class="hint">{t('dropRecord')}</p>
      <label class="file"><input type="file" accept=".sgf,.gib,.ngf,.ugf,.ugi,.gz,.xz" onChange={event => {
        const file = event.currentTarget.files?.[0]
        if (file) importFile(file)
        dialog.value = null
      }} />{t('openFile')}</label>
      {games.value.length === 0 ? <p>{t('noGames')}</p> : (
        <ul class="games">
          {games.value.map(each => (
            <li>
              <button class="link" onClick={() => { open(each.game); dialog.value = null }}>
                <b>{each.black || t('black')} – {each.white || t('white')}</b>
                <small>{each.size}, {t('moves', {n: each.moves})} {each.result && `, ${resultText(each.result)}`}</small>
              </button>
              <button class="quiet" onClick={() => remove(each.game)} aria-label={t('delete')}>✕</button>
            </li>
          ))}
        </ul>
      )}
      <p class="hint">{t('storedIn', {folder: folder.value})}</p>
    </Frame>
  )
}

function Settings() {
  const check = (label: string, setting: {value: boolean}) => (
    <label class="check"><input type="checkbox" checked={setting.value} onChange={event => (setting.value = event.currentTarget.checked)} /> {label}</label>
  )
  return (
    <Frame title={t('settings')}>
      <div class="fields">
        <label>{t('language')}
          <select value={language.value} onChange={event => (language.value = event.currentTarget.value as Language)}>
            {Object.entries(LANGUAGES).map(([id, name]) => <option value={id}>{name}</option>)}
          </select>
        </label>
        <label>{t('theme')}
          <select value={theme.value} onChange={event => (theme.value = event.currentTarget.value as Theme)}>
            {(['auto', 'light', 'dark'] as const).map(each => <option value={each}>{t(each)}</option>)}
          </select>
        </label>
        {check(t('coordinates'), showsCoordinates)}
        {check(t('moveNumbers'), showsMoveNumbers)}
        {check(t('sound'), hasSound)}
        {check(t('confirm'), confirmsMoves)}
        <button class="link" onClick={() => (dialog.value = 'about')}>{t('about')}</button>
      </div>
    </Frame>
  )
}

function Help() {
  return (
    <Frame title={t('help')}>
      <dl class="keys">
        {KEYS.map(({shown, word}) => <><dt>{shown.map(key => <kbd>{key}</kbd>)}</dt><dd>{t(word)}</dd></>)}
      </dl>
    </Frame>
  )
}

function About() {
  return (
    <Frame title="Ponnuki">
      <p>{t('aboutText')}</p>
      <p><a href="/licences.txt" target="_blank">{t('licences')}</a></p>
    </Frame>
  )
}

export function Dialogs() {
  switch (dialog.value) {
    case 'new': return <NewGame />
    case 'games': return <Games />
    case 'settings': return <Settings />
    case 'help': return <Help />
    case 'about': return <About />
    default: return null
  }
}
