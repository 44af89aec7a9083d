// The tree of a game as a picture: the moves of a line lie in a row, a variation below.
import type {GameNode} from './messages'

export interface TreePlace {
  column: number // moves from the start
  row: number
}

/// The place of each node. A variation takes the highest row that is free as far as it reaches.
export function layOut(nodes: GameNode[]): TreePlace[] {
  const places: TreePlace[] = nodes.map(() => ({column: 0, row: 0}))
  const children: number[][] = nodes.map(() => [])
  nodes.forEach(([parent], node) => parent >= 0 && children[parent].push(node))
  const taken: number[] = [] // the leftmost column of each row that is taken
  const open = [0] // first nodes of lines; the rightmost is placed first, so that rows fill from the right
  while (open.length > 0) {
    const first = open.pop()!
    const line: number[] = []
    for (let node: number | undefined = first; node !== undefined; node = children[node][0]) line.push(node)
    const parent = places[nodes[first][0]]
    const begin = parent ? parent.column + 1 : 0
    let row = parent ? parent.row + 1 : 0
    while (taken[row] <= begin + line.length) ++row
    taken[row] = begin - 1 // with the way down from its parent
    line.forEach((node, i) => (places[node] = {column: begin + i, row}))
    for (const node of line) open.push(...children[node].slice(1).reverse())
  }
  return places
}
