// Where the net alone would play, for the position on the board.
import {effect, signal} from '@preact/signals'
import {listen, send} from './connection'
import type {PolicyMessage} from './messages'
import {hidesHints, showsPolicy} from './settings'
import {at, isAnalysing, position} from './state'

export const policy = signal<PolicyMessage | null>(null)

export function beginPolicy(): void {
  listen('policy', message => {
    if (message.node === position.value?.node) policy.value = message
  })
  effect(() => {
    const here = position.value
    const isWanted = here !== null && isAnalysing.value && showsPolicy.value && !hidesHints.value
    if (policy.peek()?.node !== here?.node || policy.peek()?.version !== here?.version) policy.value = null
    if (isWanted && !policy.peek()) send({type: 'policy', ...at()})
  })
}
