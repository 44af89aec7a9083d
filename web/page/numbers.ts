// Winrates, leads and times as people read them.
import type {Side} from './messages'

const MINUS = '\u2212'

/// "57" percent, of the player.
export const winrateFor = (black: number, side: Side): string => String(Math.round(100 * (side === 'B' ? black : 1 - black)))

/// "+3.5" points, of the player.
export function signedLead(black: number, side: Side): string {
  const lead = Math.round(10 * (side === 'B' ? black : -black)) / 10
  return lead === 0 ? '0' : (lead > 0 ? '+' : MINUS) + Math.abs(lead).toFixed(1)
}

/// "B+3.5".
export function scoreText(blackLead: number): string {
  const lead = Math.round(10 * blackLead) / 10
  return lead === 0 ? '0' : (lead > 0 ? 'B+' : 'W+') + Math.abs(lead).toFixed(1)
}

/// "1:05", or "4.2" in the last ten seconds.
export function timeText(seconds: number): string {
  if (seconds <= 0) return '0'
  if (seconds < 10) return seconds.toFixed(1)
  const whole = Math.ceil(seconds)
  const rest = String(whole % 60).padStart(2, '0')
  const minutes = Math.floor(whole / 60)
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`
}

export function visitsText(visits: number): string {
  if (visits < 10000) return String(visits)
  return visits < 1e6 ? `${(visits / 1000).toFixed(0)}k` : `${(visits / 1e6).toFixed(1)}M`
}
