// The curves of a training run, and its latest games.
import {useEffect, useRef} from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type {TrainingPlot} from '../messages'
import {openTrainingGame, training} from '../training'
import {t} from '../words'
import {resultText} from './result'

const COLORS = ['--curve-a', '--curve-b']
const HEIGHT = 220
const compact = new Intl.NumberFormat('en', {notation: 'compact', maximumSignificantDigits: 4})

function Curves({plot}: {plot: TrainingPlot}) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const style = getComputedStyle(element)
    const axis = {stroke: style.getPropertyValue('--soft'), grid: {stroke: style.getPropertyValue('--line'), width: 1}}
    const data = [0, ...plot.curves.keys()].map((curve, i) => plot.curves[curve].points.map(point => point[i === 0 ? 0 : 1]))
    const chart = new uPlot({
      width: element.clientWidth,
      height: HEIGHT,
      scales: {x: {time: false}},
      axes: [axis, {...axis, values: (_, values) => values.map(each => compact.format(each))}],
      series: [
        {label: t('minutes')},
        ...plot.curves.map(({name}, i) => ({label: name, stroke: style.getPropertyValue(COLORS[i % COLORS.length]), width: 2})),
      ],
    }, data as uPlot.AlignedData, element)
    const resize = new ResizeObserver(() => chart.setSize({width: element.clientWidth, height: HEIGHT}))
    resize.observe(element)
    return () => {
      resize.disconnect()
      chart.destroy()
    }
  }, [plot])
  return <figure><figcaption>{plot.title}</figcaption><div ref={frame} /></figure>
}

export function TrainingView() {
  const now = training.value
  if (!now?.plots) return <main class="training"><p>…</p></main>
  return (
    <main class="training">
      <h2>{t('training')}</h2>
      <p class="hint">{now.folder}</p>
      <div class="plots">{now.plots.map(plot => <Curves plot={plot} key={plot.title} />)}</div>
      <h2>{t('latestGames')}</h2>
      <ul class="games">
        {now.games?.map((each, number) => (
          <li><button class="link" onClick={() => openTrainingGame(number)}>
            {each.size}, {t('moves', {n: each.moves})}, {resultText(each.result)}
          </button></li>
        ))}
      </ul>
      <pre tabIndex={0}>{now.table}</pre>
    </main>
  )
}
