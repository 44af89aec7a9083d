// The WebSocket to the server. It is opened again when it breaks, and what the page looked at is
// asked for again then.
import {batch, signal} from '@preact/signals'
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

type Type = ServerMessage['type']
type Listener = (message: ServerMessage) => void
const listeners = new Map<Type, Listener[]>()

/// Calls the listener for each message of a type.
export function listen<T extends Type>(type: T, listener: (message: Extract<ServerMessage, {type: T}>) => void): void {
  listeners.set(type, [...(listeners.get(type) ?? []), listener as Listener])
}

function receive(message: ServerMessage): void {
  batch(() => listeners.get(message.type)?.forEach(each => each(message)))
}

/// `opened` is called after each connection. `waits`: messages were sent before it.
export function connect(opened: (waits: boolean) => void): void {
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
    setTimeout(() => connect(opened), delay)
    delay = Math.min(2 * delay, MOST_DELAY)
  }
}
