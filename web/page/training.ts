// A training run that goes on while one looks: its curves and its latest games.
import {effect, signal} from '@preact/signals'
import {isConnected, listen, send} from './connection'
import type {TrainingMessage} from './messages'
import {isAnalysing, view} from './state'

export const training = signal<TrainingMessage | null>(null)

const EVERY = 5000 // milliseconds

export function openTrainingGame(number: number): void {
  isAnalysing.value = false
  view.value = 'game'
  send({type: 'trainingGame', number})
}

export function beginTraining(): void {
  listen('training', message => {
    if (message.plots) training.value = message
  })
  effect(() => {
    if (view.value !== 'training' || !isConnected.value) return
    const ask = () => send({type: 'training', since: training.peek()?.number ?? 0})
    ask()
    const timer = setInterval(ask, EVERY)
    return () => clearInterval(timer)
  })
}
