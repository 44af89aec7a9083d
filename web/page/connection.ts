// The WebSocket to the server. It is opened again when it breaks, and what the page looked at is
// asked for again then.
import {signal} from '@preact/signals'
import type {ServerMessage} from './messages'

export const isConnected = signal(false)

const LEAST_DELAY = 250
const MOST_DELAY = 5000

let socket: WebSocket | null = null
let delay = LEAST_DELAY

/// What was sent before the first connection; null from then on.
let early: string[] | null = []

export function send(message: object): void {
  const text = JSON.stringify(message)
  if (socket?.readyState === WebSocket.OPEN) socket.send(text)
  else early?.push(text)
}

/// `receive` gets each message; `opened` is called after each connection. `waits`: messages were
/// sent before it.
export function connect(receive: (message: ServerMessage) => void, opened: (waits: boolean) => void): void {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  socket = new WebSocket(`${scheme}://${location.host}/socket`)
  socket.onopen = () => {
    delay = LEAST_DELAY
    const waiting = early ?? []
    early = null
    isConnected.value = true
    opened(waiting.length > 0)
    for (const text of waiting) socket?.send(text)
  }
  socket.onmessage = event => receive(JSON.parse(event.data))
  socket.onclose = () => {
    isConnected.value = false
    setTimeout(() => connect(receive, opened), delay)
    delay = Math.min(2 * delay, MOST_DELAY)
  }
}
