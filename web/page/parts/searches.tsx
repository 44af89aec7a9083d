// The moves that are searched, as a table.
import {visitsText, signedLead, winrateFor} from '../numbers'
import {quiz} from '../quiz'
import {EFFORTS, effort, hidesHints, showsCandidates, showsOwnership, showsPolicy, type Effort} from '../settings'
import {analysis, isAnalysing, play, position, preview} from '../state'
import {t} from '../words'
import {quality} from './board_layers'

export function Searches() {
  const now = analysis.value
  const side = position.value?.toMove
  if (!isAnalysing.value || hidesHints.value || quiz.value || !side) return null
  return (
    <section class="searches">
      <div class="choices">
        <label>{t('effort')}{' '}
          <select value={effort.value} onChange={event => (effort.value = event.currentTarget.value as Effort)}>
            {(Object.keys(EFFORTS) as Effort[]).map(each => <option value={each}>{t(each)}</option>)}
          </select>
        </label>
        <label><input type="checkbox" checked={showsCandidates.value} onChange={event => (showsCandidates.value = event.currentTarget.checked)} /> {t('candidates')}</label>
        <label><input type="checkbox" checked={showsOwnership.value} onChange={event => (showsOwnership.value = event.currentTarget.checked)} /> {t('ownership')}</label>
        <label><input type="checkbox" checked={showsPolicy.value} onChange={event => (showsPolicy.value = event.currentTarget.checked)} /> {t('policy')}</label>
      </div>
      <table>
        <thead><tr><th>{t('move')}</th><th>{t('winrate')}</th><th>{t('lead')}</th><th>{t('visits')}</th></tr></thead>
        <tbody>
          {(now?.moves ?? []).slice(0, 8).map(each => (
            <tr onMouseEnter={() => (preview.value = each.pv)} onMouseLeave={() => (preview.value = null)}>
              <td><button class={`candidate ${quality(each, now!.moves[0], side)}`} onClick={() => play(each.move)}
                onFocus={() => (preview.value = each.pv)} onBlur={() => (preview.value = null)}
                title={t(quality(each, now!.moves[0], side))}>{each.move}</button></td>
              <td>{winrateFor(each.winrate, side)} %</td><td>{signedLead(each.lead, side)}</td><td>{visitsText(each.visits)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">{now ? `${visitsText(now.visits)} ${t('visits')}` : '…'}</p>
    </section>
  )
}
