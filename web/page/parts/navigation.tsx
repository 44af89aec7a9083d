// Steps through the game, and the tree of its variations.
import {useEffect, useMemo, useRef} from 'preact/hooks'
import {children, game, go, line, place, position, step} from '../state'
import {layOut} from '../tree'
import {t} from '../words'

export function Navigation() {
  const end = line.value.length - 1
  const branches = children.value
  return (
    <nav class="navigation" aria-label={t('moveNumber', {n: place.value})}>
      <button onClick={() => step(-end)} disabled={place.value === 0} aria-label={t('first')}>«</button>
      <button onClick={() => step(-1)} disabled={place.value === 0} aria-label={t('previous')}>‹</button>
      <input type="range" min={0} max={end} value={place.value} aria-label={t('moveNumber', {n: place.value})}
        onInput={event => step(Number(event.currentTarget.value) - place.value)} />
      <output>{position.value?.moveNumber ?? 0}</output>
      <button onClick={() => step(1)} disabled={place.value >= end} aria-label={t('next')}>›</button>
      <button onClick={() => step(end)} disabled={place.value >= end} aria-label={t('last')}>»</button>
      {branches.length > 1 && (
        <div class="branches" aria-label={t('variations')}>
          {branches.map(node => <button onClick={() => go(node)}>{game.value?.nodes[node][2]}</button>)}
        </div>
      )}
    </nav>
  )
}

const STEP = 22 // pixels between nodes
const RADIUS = 7
/// Nodes that are so far outside of what is seen are not drawn.
const BEYOND = 40 // columns

/// Shown as soon as there is a variation.
export function Tree() {
  const nodes = game.value?.nodes
  const here = position.value?.node ?? 0
  const frame = useRef<HTMLDivElement>(null)
  const places = useMemo(() => layOut(nodes ?? []), [nodes])
  const at = places[here]
  useEffect(() => {
    if (!at || !frame.current) return
    frame.current.scrollTo({
      left: at.column * STEP - frame.current.clientWidth / 2,
      top: at.row * STEP - frame.current.clientHeight / 2,
    })
  }, [at])
  if (!nodes || !at || places.every(each => each.row === 0)) return null
  const width = Math.max(...places.map(each => each.column)) * STEP + STEP
  const height = Math.max(...places.map(each => each.row)) * STEP + STEP
  const x = (node: number) => (places[node].column + 0.5) * STEP
  const y = (node: number) => (places[node].row + 0.5) * STEP
  const shown = nodes.flatMap((_, node) => (Math.abs(places[node].column - at.column) <= BEYOND ? [node] : []))
  return (
    <div class="tree" ref={frame} role="group" aria-label={t('tree')} tabIndex={0}>
      <svg width={width} height={height}>
        {shown.map(node => {
          const parent = nodes[node][0]
          if (parent < 0) return null
          const bend = y(node) - Math.min(STEP, y(node) - y(parent))
          return <polyline class={line.value.includes(node) ? 'current' : ''} points={`${x(parent)},${y(parent)} ${x(parent)},${bend} ${x(node)},${y(node)}`} />
        })}
        {shown.map(node => (
          <circle class={`${nodes[node][1] === 'B' ? 'black' : nodes[node][1] === 'W' ? 'white' : 'start'} ${node === here ? 'here' : ''}`}
            cx={x(node)} cy={y(node)} r={node === here ? RADIUS + 1 : RADIUS} onClick={() => go(node)}>
            <title>{places[node].column} {nodes[node][2]}</title>
          </circle>
        ))}
      </svg>
    </div>
  )
}
