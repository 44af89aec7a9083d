// Names of players and results of games, in words.
import type {Side} from '../messages'
import {t} from '../words'

export const nameOf = (side: Side): string => t(side === 'B' ? 'black' : 'white')

/// "Black wins by 3.5 points".
export function resultText(result: string): string {
  const match = /^([BW])\+(.*)$/.exec(result)
  if (!match) return result === 'Void' ? t('noResult') : result === '0' || /^draw$/i.test(result) ? t('draw') : result
  const [, side, how] = match
  const player = nameOf(side as Side)
  if (/^R/i.test(how)) return t('won', {player, how: t('byResignation')})
  if (/^T/i.test(how)) return t('won', {player, how: t('byTime')})
  return t('won', {player, how: t('byPoints', {n: how})})
}
