// The dialog of a new game.
import {useSignal} from '@preact/signals'
import type {NewGameRequest, SeatRequest, TimeRequest} from '../messages'
import {newGame} from '../settings'
import {start} from '../state'
import {t} from '../words'
import {Frame} from './frame'

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
/// Stones of a handicap lie on the star points.
function mostHandicap(width: number, height: number): number {
  const shorter = Math.min(width, height)
  if (shorter < 7) return 0
  return shorter >= 9 && width % 2 === 1 && height % 2 === 1 ? 9 : 4
}

/// What a move may lose before it is taken back: points, or winrate.
const TEACH_POINTS = [2, 4, 8, 15]
const TEACH_PERCENT = [5, 10, 20]
const TEACHING: Record<string, {teach: number; teachWinrate: number}> = {
  none: {teach: 0, teachWinrate: 0},
  ...Object.fromEntries(TEACH_POINTS.map(points => [`${points}`, {teach: points, teachWinrate: 0}])),
  ...Object.fromEntries(TEACH_PERCENT.map(percent => [`${percent}%`, {teach: 0, teachWinrate: percent / 100}])),
}

/// The request with a change, and what follows from it.
function changed(request: typeof newGame.value, change: Partial<typeof newGame.value>, level: string) {
  const next = {...request, ...change}
  next.handicap = Math.min(next.handicap, mostHandicap(next.width, next.height))
  if (next.handicap === 1) next.handicap = 0
  if ('rules' in change || 'width' in change || 'height' in change || 'handicap' in change)
    next.komi = next.handicap > 0 ? 0.5 : RULES[next.rules].komi(Math.min(next.width, next.height))
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

function NumberField({label, value, least, most, step = 1, onChange}: {
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
      {time.system !== 'none' && <NumberField label={t('minutes')} value={(time.main ?? 0) / 60} least={0} most={600}
        onChange={minutes => set({...time, main: 60 * minutes})} />}
      {time.system === 'byoyomi' && <>
        <NumberField label={t('seconds')} value={time.period ?? 30} least={1} most={600} onChange={period => set({...time, period})} />
        <NumberField label={t('periods')} value={time.periods ?? 3} least={1} most={20} onChange={periods => set({...time, periods})} />
      </>}
      {time.system === 'fischer' && <NumberField label={t('increment')} value={time.increment ?? 10} least={0} most={600}
        onChange={increment => set({...time, increment})} />}
    </>
  )
}

export function NewGame() {
  const now = newGame.value
  const level = (now.black.engine ? now.black.level : now.white.level) ?? (now.color === 'both' ? '10k' : '')
  const isOther = useSignal(false)
  const isUsual = !isOther.value && now.width === now.height && SIZES.includes(now.width)
  const chooseSize = (size: number) => {
    isOther.value = false
    set({width: size, height: size})
  }
  const set = (change: Partial<typeof newGame.value>, toLevel = level) => (newGame.value = changed(now, change, toLevel))
  const teaching = now.teachWinrate ? `${Math.round(100 * now.teachWinrate)}%` : now.teach ? `${now.teach}` : 'none'
  return (
    <Frame title={t('newGame')}>
      <form class="fields" method="dialog" onSubmit={() => start(newGame.value as NewGameRequest)}>
        <fieldset class="sizes"><legend>{t('size')}</legend>
          {SIZES.map(size => (
            <label><input type="radio" name="size" checked={isUsual && now.width === size} onChange={() => chooseSize(size)} /> {size}×{size}</label>
          ))}
          <label><input type="radio" name="size" checked={!isUsual} onChange={() => (isOther.value = true)} /> {t('otherSize')}</label>
          {!isUsual && <>
            <NumberField label={t('width')} value={now.width} least={2} most={25} onChange={width => set({width})} />
            <NumberField label={t('height')} value={now.height} least={2} most={25} onChange={height => set({height})} />
          </>}
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
            {[...Array(Math.max(0, mostHandicap(now.width, now.height) - 1)).keys()].map(i => <option value={i + 2}>{i + 2}</option>)}
          </select>
        </label>
        <label>{t('rules')}
          <select value={now.rules} onChange={event => set({rules: event.currentTarget.value})}>
            {Object.entries(RULES).map(([id, {name}]) => <option value={id}>{name}</option>)}
          </select>
        </label>
        <NumberField label={t('komi')} value={now.komi} least={-100} most={100} step={0.5} onChange={komi => set({komi: Math.round(2 * komi) / 2})} />
        {now.color !== 'both' && (
          <label>{t('teaching')}
            <select value={teaching} onChange={event => set(TEACHING[event.currentTarget.value])}>
              <option value="none">{t('noTeaching')}</option>
              {TEACH_POINTS.map(points => <option value={`${points}`}>{t('teachFrom', {n: points})}</option>)}
              {TEACH_PERCENT.map(percent => <option value={`${percent}%`}>{t('teachFromPercent', {n: percent})}</option>)}
            </select>
          </label>
        )}
        <ClockFields time={now.time} set={time => set({time})} />
        <button class="main" autoFocus>{t('start')}</button>
      </form>
    </Frame>
  )
}
