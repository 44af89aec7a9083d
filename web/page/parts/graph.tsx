// Black's winrate and lead along the line that is shown.
import {findings, go, line, place} from '../state'
import {scoreText} from '../numbers'
import {t} from '../words'

const WIDTH = 600
const HEIGHT = 150

export function Graph() {
  const nodes = line.value
  const last = Math.max(1, nodes.length - 1)
  const x = (i: number) => (WIDTH * i) / last
  const known = nodes.flatMap((node, i) => {
    const finding = findings.value.get(node)
    return finding ? [{i, ...finding}] : []
  })
  if (known.length === 0 || nodes.length < 2) return null
  const mostLead = Math.max(10, ...known.map(each => Math.abs(each.lead)))
  const winrates = known.map(each => `${x(each.i)},${HEIGHT * (1 - each.winrate)}`)
  const leads = known.map(each => `${x(each.i)},${(HEIGHT / 2) * (1 - each.lead / mostLead)}`)
  const here = findings.value.get(nodes[place.value])
  return (
    <section class="graph">
      <h2>{t('graph')}</h2>
      <p class="values">
        {here ? `${t('black')} ${Math.round(100 * here.winrate)} %, ${scoreText(here.lead)}` : ' '}
      </p>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={t('graph')}
        onClick={event => {
          const box = event.currentTarget.getBoundingClientRect()
          go(nodes[Math.round(((event.clientX - box.left) / box.width) * last)])
        }}>
        <polygon class="winrate" points={`${x(known[0].i)},${HEIGHT} ${winrates.join(' ')} ${x(known[known.length - 1].i)},${HEIGHT}`} />
        <line class="middle" x1={0} x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
        <polyline class="lead" points={leads.join(' ')} />
        <line class="here" x1={x(place.value)} x2={x(place.value)} y1={0} y2={HEIGHT} />
      </svg>
      <p class="legend"><span class="key winrate" /> {t('winrate')} ({t('black')}) <span class="key lead" /> {t('lead')}</p>
    </section>
  )
}
