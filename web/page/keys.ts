// The keyboard, outside of the board's own keys.
import {toggleEstimate} from './hint'
import {nextMistake} from './review'
import {hidesHints} from './settings'
import {act, dialog, game, isAnalysing, line, play, step, view} from './state'
import type {Words} from './words'

interface Key {
  keys: string[]
  shown: string[]
  word: keyof Words
  act?: (key: string) => void
  anywhere?: boolean // also where no board is shown
}

export const KEYS: Key[] = [
  {keys: ['ArrowLeft', 'ArrowRight'], shown: ['←', '→'], word: 'keyMoves', act: key => step(key === 'ArrowLeft' ? -1 : 1)},
  {keys: ['PageUp', 'PageDown'], shown: ['PgUp', 'PgDn'], word: 'keyJump', act: key => step(key === 'PageUp' ? -10 : 10)},
  {keys: ['Home', 'End'], shown: ['Home', 'End'], word: 'keyEnds', act: key => step((key === 'Home' ? -1 : 1) * line.value.length)},
  {keys: [], shown: ['Tab', '←↑↓→', 'Enter'], word: 'keyBoard'},
  {keys: ['p'], shown: ['p'], word: 'keyPass', act: () => play('pass')},
  {keys: ['u'], shown: ['u'], word: 'keyUndo', act: () => game.value?.phase !== 'review' && act('undo')},
  {keys: ['a', ' '], shown: ['a', 'Space'], word: 'keyAnalyse', act: () => (isAnalysing.value = !isAnalysing.value)},
  {keys: ['e'], shown: ['e'], word: 'keyEstimate', act: () => !hidesHints.value && toggleEstimate()},
  {keys: ['m'], shown: ['m'], word: 'keyMistake', act: nextMistake},
  {keys: ['h'], shown: ['h'], word: 'keyLock', act: () => (hidesHints.value = !hidesHints.value), anywhere: true},
  {keys: ['n'], shown: ['n'], word: 'keyNew', act: () => (dialog.value = 'new'), anywhere: true},
  {keys: ['?'], shown: ['?'], word: 'keyHelp', act: () => (dialog.value = 'help'), anywhere: true},
]

const TYPING = 'input:not([type=range]):not([type=checkbox]):not([type=radio]), select, textarea'

export function onKey(event: KeyboardEvent): void {
  const target = event.target as HTMLElement
  if (event.ctrlKey || event.metaKey || event.altKey || dialog.value || target.closest(TYPING)) return
  if (event.key === ' ' && target.closest('button')) return
  const key = KEYS.find(each => each.keys.includes(event.key))
  if (!key?.act || (view.value === 'training' && !key.anywhere)) return
  event.preventDefault()
  key.act(event.key)
}
