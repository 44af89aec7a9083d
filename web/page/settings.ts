// What a person has chosen, kept by the browser.
import {effect, signal, type Signal} from '@preact/signals'
import type {NewGameRequest} from './messages'

/// A signal that is kept under a name. What does not fit `isValid` is forgotten.
function kept<T>(name: string, initial: T, isValid: (value: unknown) => boolean): Signal<T> {
  const key = `ponnuki.${name}`
  let value = initial
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? 'null')
    if (isValid(stored)) value = stored
  } catch {
    // no storage, or not what this page wrote
  }
  const result = signal(value)
  effect(() => {
    try {
      localStorage.setItem(key, JSON.stringify(result.value))
    } catch {
      // it lasts until the page is closed
    }
  })
  return result
}

const oneOf = (...values: unknown[]) => (value: unknown) => values.includes(value)
const isBoolean = oneOf(true, false)
const isTouch = typeof matchMedia !== 'undefined' && matchMedia('(pointer: coarse)').matches

export type Theme = 'auto' | 'light' | 'dark'
export type Language = 'en' | 'zh-Hans' | 'zh-Hant' | 'ja' | 'ko'
export const LANGUAGES: Record<Language, string> = {
  en: 'English', 'zh-Hans': '简体中文', 'zh-Hant': '繁體中文', ja: '日本語', ko: '한국어',
}

function preferredLanguage(): Language {
  for (const wanted of typeof navigator === 'undefined' ? [] : navigator.languages) {
    if (/^zh-(tw|hk|mo|hant)/i.test(wanted)) return 'zh-Hant'
    if (/^zh/i.test(wanted)) return 'zh-Hans'
    const found = (Object.keys(LANGUAGES) as Language[]).find(each => wanted.startsWith(each))
    if (found) return found
  }
  return 'en'
}

/// Visits of a live analysis.
export const EFFORTS = {quick: 100, normal: 800, deep: 10000} as const
export type Effort = keyof typeof EFFORTS

export const language = kept<Language>('language', preferredLanguage(), oneOf(...Object.keys(LANGUAGES)))
export const theme = kept<Theme>('theme', 'auto', oneOf('auto', 'light', 'dark'))
export const showsCoordinates = kept('coordinates', true, isBoolean)
export const hasSound = kept('sound', !isTouch, isBoolean)
export const confirmsMoves = kept('confirm', isTouch, isBoolean)
export const effort = kept<Effort>('effort', 'normal', oneOf(...Object.keys(EFFORTS)))
export const showsCandidates = kept('candidates', true, isBoolean)
export const showsOwnership = kept('ownership', true, isBoolean)
export const showsPolicy = kept('policy', false, isBoolean)
export const showsMoveNumbers = kept('moveNumbers', false, isBoolean)
/// Hides every hint: no analysis, no graph.
export const hidesHints = kept('lock', false, isBoolean)
export const lastGame = kept<string>('game', '', value => typeof value === 'string')
export const newGame = kept<NewGameRequest & {color: string}>(
  'newGame',
  {
    width: 9, height: 9, rules: 'chinese', komi: 7, handicap: 0, color: 'B',
    black: {engine: false}, white: {engine: true, level: '10k'}, time: {system: 'none'},
  },
  value => typeof value === 'object' && value !== null && 'time' in value && 'color' in value,
)
