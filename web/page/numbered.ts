// The numbers of the moves that made the stones on the board.
import {cellOf, spotOf, type Size} from './geometry'
import type {GameNode} from './messages'

/// For each point the number of the last move of the line there, if its stone is on the board.
export function numbersAt(nodes: GameNode[], line: number[], stones: string, size: Size): (number | undefined)[] {
  const numbers: (number | undefined)[] = Array(stones.length).fill(undefined)
  let number = 0
  for (const node of line) {
    const [, side, move] = nodes[node]
    if (!side) continue
    ++number
    const spot = spotOf(move, size)
    if (!spot) continue
    const cell = cellOf(spot, size)
    numbers[cell] = stones[cell] === (side === 'B' ? 'X' : 'O') ? number : undefined
  }
  return numbers
}
