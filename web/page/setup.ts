// Stones set up by hand. They are the start of a record, so that a game which has moves is copied
// first.
import {signal} from '@preact/signals'
import {send} from './connection'
import type {Side} from './messages'
import {at, game, isAnalysing} from './state'

/// What a click on the board puts there; null: nothing is set up.
export const setupTool = signal<Side | 'empty' | null>(null)

export function beginSetup(): void {
  isAnalysing.value = false
  if (game.value && (game.value.nodes.length > 1 || game.value.phase !== 'review')) send({type: 'copy', ...at()})
  setupTool.value = 'B'
}

export const endSetup = (): void => {
  setupTool.value = null
}

/// A stone of the tool's colour goes away by a second click.
export function setUp(point: string, there: Side | null): void {
  const tool = setupTool.value
  if (tool) send({type: 'setup', ...at(), point, stone: tool === there ? 'empty' : tool})
}

export const setPlayer = (side: Side): void => send({type: 'setup', ...at(), toMove: side})
