// The inside of the net: the channels of a layer as small pictures. The one under the mouse lies over
// the board as well.
import {useEffect, useRef} from 'preact/hooks'
import type {LayerMessage} from '../messages'
import {chosen, heatColor, layer, maps, pointed} from '../net'
import {t} from '../words'

function Channel({message, channel}: {message: LayerMessage; channel: number}) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const {width, height} = message
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const pixels = context.createImageData(width, height)
    for (let cell = 0; cell < width * height; ++cell)
      pixels.data.set([...heatColor(message.values[channel * width * height + cell]), 255], 4 * cell)
    context.putImageData(pixels, 0, 0)
  }, [message, channel])
  const title = message.titles[channel] ?? String(channel)
  const isChosen = chosen.value === channel
  return (
    <button class="channel" aria-pressed={isChosen} title={`${title}, ±${message.full[channel]}`}
      onPointerEnter={() => (pointed.value = channel)} onPointerLeave={() => (pointed.value = null)}
      onFocus={() => (pointed.value = channel)} onBlur={() => (pointed.value = null)}
      onClick={() => (chosen.value = isChosen ? null : channel)}>
      <canvas ref={canvas} width={width} height={height} aria-hidden="true" />
      <span>{title}</span>
    </button>
  )
}

export function NetView() {
  const now = maps.value
  const choose = (name: string) => {
    layer.value = name
    pointed.value = chosen.value = null
  }
  return (
    <section class="net">
      <h2>{t('net')}</h2>
      <p class="hint">{t('netHelp')}</p>
      <label>{t('layer')}{' '}
        <select value={layer.value} onChange={event => choose(event.currentTarget.value)}>
          <option value="planes">{t('planes')}</option>
          <option value="filters">{t('filters')}</option>
          {now?.layers.map(name => <option value={name}>{name}</option>)}
        </select>
      </label>
      {!now ? <p>…</p> : <>
        <p class="hint">{now.net}: {now.about}</p>
        <div class={`channels ${now.layer === 'planes' || now.layer === 'filters' ? 'titled' : ''}`} aria-busy={now.layer !== layer.value}>
          {[...Array(now.channels).keys()].map(channel => <Channel message={now} channel={channel} />)}
        </div>
      </>}
    </section>
  )
}
