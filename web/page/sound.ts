// The click of a stone, made by the browser: nothing is loaded.
import {hasSound} from './settings'

let context: AudioContext | null = null

function click(start: number, pitch: number, loudness: number): void {
  if (!context) return
  const length = 0.05
  const buffer = context.createBuffer(1, context.sampleRate * length, context.sampleRate)
  const samples = buffer.getChannelData(0)
  for (let i = 0; i < samples.length; ++i)
    samples[i] = (2 * Math.random() - 1) * Math.exp((-8 * i) / samples.length)
  const source = context.createBufferSource()
  source.buffer = buffer
  const filter = context.createBiquadFilter()
  filter.type = 'bandpass'
  filter.frequency.value = pitch
  filter.Q.value = 2
  const gain = context.createGain()
  gain.gain.value = loudness
  source.connect(filter).connect(gain).connect(context.destination)
  source.start(start)
}

/// Browsers allow sound only after a person has touched the page.
export function playSound(kind: 'stone' | 'capture'): void {
  if (!hasSound.value || !navigator.userActivation?.hasBeenActive) return
  context ??= new AudioContext()
  click(context.currentTime, 1800, 1.2)
  if (kind === 'capture') [0.07, 0.13].forEach(delay => click((context as AudioContext).currentTime + delay, 1300, 0.8))
}
