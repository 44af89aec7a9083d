// The words of the page in each language.
import {computed} from '@preact/signals'
import {language} from './settings'
import {en} from './words/en'
import {ja} from './words/ja'
import {ko} from './words/ko'
import {zhHans} from './words/zh-hans'
import {zhHant} from './words/zh-hant'

export type Words = Record<keyof typeof en, string>

const all: Record<string, Words> = {en, ja, ko, 'zh-Hans': zhHans, 'zh-Hant': zhHant}
const current = computed(() => all[language.value] ?? en)

/// A text, with {name} replaced by values.
export function t(key: keyof Words, values: Record<string, string | number> = {}): string {
  return current.value[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''))
}
