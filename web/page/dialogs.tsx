// The dialogs: a new game, the list of games, settings, keys, about.
import type {ComponentChildren} from 'preact'
import {useEffect, useRef} from 'preact/hooks'
import type {NewGameRequest, SeatRequest, TimeRequest} from './messages'
import {act, dialog, folder, games, importRecord, open, remove, start} from './state'
import {
  confirmsMoves, hasSound, LANGUAGES, language, newGame, showsCoordinates, theme, type Language, type Theme,
} from './settings'
import {KEYS} from './keys'
import {resultText} from './panel'
import {t} from './words'

function Frame({title, children}: {title: string; children: ComponentChildren}) {
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    element.current?.showModal()
  }, [])
  return (
    <dialog ref={element} aria-label={title} onClose={() => (dialog.value = null)}
      onClick={event => event.target === element.current && element.current?.close()}>
      <header><h2>{title}</h2><button class="quiet" onClick={() => element.current?.close()} aria-label={t('close')}>✕</button></header>
      {children}
    </dialog>
  )
}

// ---- A new game ----

const SIZES = [9, 13, 19]
const RANKS = [...Array(20).keys()].map(i => `${20 - i}k`).concat([...Array(9).keys()].map(i => `${i + 1}d`))
const RULES: Record<string, {name: string; komi: (size: number) => number}> = {
  chinese: {name: 'Chinese', komi: size => (size <= 9 ? 7 : 7.5)},
  japanese: {name: 'Japanese', komi: size => (size <= 9 ? 6 : 6.5)},
  korean: {name: 'Korean', komi: size => (size <= 9 ? 6 : 6.5)},
  aga: {name: 'AGA', komi: size => (size <= 9 ? 7 : 7.5)},
  'new-zealand': {name: 'New Zealand', komi: size => (size <= 9 ? 7 : 7.5)},
  'tromp-taylor': {name: 'Tromp-Taylor', komi: size => (size <= 9 ? 7 : 7.5)},
}
const mostHandicap = (size: number) => (size < 7 ? 0 : size === 7 || size % 2 === 0 ? 4 : 9)

/// The request with a change, and what follows from it.
function changed(request: typeof newGame.value, change: Partial<typeof newGame.value>, level: string) {
  const next = {...request, ...change}
  next.height = next.width
  next.handicap = Math.min(next.handicap, mostHandicap(next.width))
  if (next.handicap === 1) next.handicap = 0
  if ('rules' in change || 'width' in change || 'handicap' in change)
    next.komi = next.handicap > 0 ? 0.5 : RULES[next.rules].komi(next.width)
  const engine: SeatRequest = {engine: true, ...(level ? {level} : {})}
  next.black = next.color === 'W' ? engine : {engine: false}
  next.white = next.color === 'B' ? engine : {engine: false}
  return next
}

const CLOCKS: Record<TimeRequest['system'], TimeRequest> = {
  none: {system: 'none'},
  absolute: {system: 'absolute', main: 600},
  byoyomi: {system: 'byoyomi', main: 300, period: 30, periods: 3},
  fischer: {system: 'fischer', main: 300, increment: 10},
}

function Number({label, value, least, most, step = 1, onChange}: {
  label: string; value: number; least: number; most: number; step?: number; onChange: (value: number) => void
}) {
  return (
    <label>{label}
      <input type="number" min={least} max={most} step={step} value={value}
        onChange={event => onChange(Math.max(least, Math.min(most, event.currentTarget.valueAsNumber || least)))} />
    </label>
  )
}

function ClockFields({time, set}: {time: TimeRequest; set: (time: TimeRequest) => void}) {
  return (
    <>
      <label>{t('clock')}
        <select value={time.system} onChange={event => set(CLOCKS[event.currentTarget.value as TimeRequest['system']])}>
          <option value="none">{t('noClock')}</option>
          <option value="absolute">{t('absolute')}</option>
          <option value="byoyomi">{t('byoyomi')}</option>
          <option value="fischer">{t('fischer')}</option>
        </select>
      </label>
      {time.system !== 'none' && <Number label={t('minutes')} value={(time.main ?? 0) / 60} least={0} most={600}
        onChange={minutes => set({...time, main: 60 * minutes})} />}
      {time.system === 'byoyomi' && <>
        <Number label={t('seconds')} value={time.period ?? 30} least={1} most={600} onChange={period => set({...time, period})} />
        <Number label={t('periods')} value={time.periods ?? 3} least={1} most={20} onChange={periods => set({...time, periods})} />
      </>}
      {time.system === 'fischer' && <Number label={t('increment')} value={time.increment ?? 10} least={0} most={600}
        onChange={increment => set({...time, increment})} />}
    </>
  )
}

function NewGame() {
  const now = newGame.value
  const level = (now.black.engine ? now.black.level : now.white.level) ?? (now.color === 'both' ? '10k' : '')
  const set = (change: Partial<typeof newGame.value>, toLevel = level) => (newGame.value = changed(now, change, toLevel))
  return (
    <Frame title={t('newGame')}>
      <form class="fields" method="dialog" onSubmit={() => start(newGame.value as NewGameRequest)}>
        <fieldset class="sizes"><legend>{t('size')}</legend>
          {SIZES.map(size => (
            <label><input type="radio" name="size" checked={now.width === size} onChange={() => set({width: size})} /> {size}×{size}</label>
          ))}
        </fieldset>
        <fieldset class="sizes"><legend>{t('yourColor')}</legend>
          {(['B', 'W', 'both'] as const).map(color => (
            <label><input type="radio" name="color" checked={now.color === color} onChange={() => set({color})} />{' '}
              {t(color === 'B' ? 'black' : color === 'W' ? 'white' : 'both')}</label>
          ))}
        </fieldset>
        {now.color !== 'both' && (
          <label>{t('level')}
            <select value={level} onChange={event => set({}, event.currentTarget.value)}>
              {RANKS.map(rank => <option value={rank}>{rank}</option>)}
              <option value="">{t('fullStrength')}</option>
            </select>
          </label>
        )}
        <label>{t('handicap')}
          <select value={now.handicap} onChange={event => set({handicap: parseInt(event.currentTarget.value)})}>
            <option value={0}>{t('noHandicap')}</option>
            {[...Array(Math.max(0, mostHandicap(now.width) - 1)).keys()].map(i => <option value={i + 2}>{i + 2}</option>)}
          </select>
        </label>
        <label>{t('rules')}
          <select value={now.rules} onChange={event => set({rules: event.currentTarget.value})}>
            {Object.entries(RULES).map(([id, {name}]) => <option value={id}>{name}</option>)}
          </select>
        </label>
        <Number label={t('komi')} value={now.komi} least={-100} most={100} step={0.5} onChange={komi => set({komi: Math.round(2 * komi) / 2})} />
        {now.color !== 'both' && (
          <label>{t('teaching')}
            <select value={now.teach ?? 0} onChange={event => set({teach: parseInt(event.currentTarget.value)})}>
              <option value={0}>{t('noTeaching')}</option>
              {[2, 4, 8, 15].map(points => <option value={points}>{t('teachFrom', {n: points})}</option>)}
            </select>
          </label>
        )}
        <ClockFields time={now.time} set={time => set({time})} />
        <button class="main" autoFocus>{t('start')}</button>
      </form>
    </Frame>
  )
}

// ---- The others ----

function Games() {
  useEffect(() => act('games'), [])
  return (
    <Frame title={t('games')}>
      <p class="hint">{t('dropRecord')}</p>
      <label class="file"><input type="file" accept=".sgf,.gib,.ngf,.ugf" onChange={event => {
        const file = event.currentTarget.files?.[0]
        if (file) readRecord(file)
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

/// Records have many character sets, which the server knows: bytes that are no UTF-8 go as Latin-1.
export async function readRecord(file: Blob): Promise<void> {
  importRecord(new TextDecoder().decode(await file.arrayBuffer()))
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
