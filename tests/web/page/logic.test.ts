// What the page computes without a browser: points, numbers, lines of the tree, mistakes.
import assert from 'node:assert/strict'
import {test} from 'node:test'
import {cellOf, spotOf, starPoints, vertexOf} from '../../../web/page/geometry'
import type {GameNode, Loss} from '../../../web/page/messages'
import {numbersAt} from '../../../web/page/numbered'
import {scoreText, signedLead, timeText, visitsText, winrateFor} from '../../../web/page/numbers'
import {mistakesOf} from '../../../web/page/review'
import {lineThrough} from '../../../web/page/state'
import {layOut} from '../../../web/page/tree'
import {en} from '../../../web/page/words/en'
import {ja} from '../../../web/page/words/ja'
import {ko} from '../../../web/page/words/ko'
import {zhHans} from '../../../web/page/words/zh-hans'
import {zhHant} from '../../../web/page/words/zh-hant'

test('vertices and points are each other’s inverse on every board', () => {
  for (const [width, height] of [[2, 2], [9, 9], [13, 7], [19, 19], [25, 25]]) {
    const size = {width, height}
    const cells = new Set<number>()
    for (let x = 0; x < width; ++x)
      for (let y = 0; y < height; ++y) {
        assert.deepEqual(spotOf(vertexOf({x, y}, size), size), {x, y})
        cells.add(cellOf({x, y}, size))
      }
    assert.equal(cells.size, width * height)
  }
  const nine = {width: 9, height: 9}
  assert.equal(vertexOf({x: 0, y: 0}, nine), 'A9')
  assert.equal(vertexOf({x: 8, y: 8}, nine), 'J1') // there is no column I
  for (const none of ['pass', 'I5', 'K5', 'A0', 'A10', '', 'E', '5E']) assert.equal(spotOf(none, nine), null, none)
})

test('star points are where boards have them', () => {
  const vertices = (width: number, height: number) =>
    starPoints({width, height}).map(spot => vertexOf(spot, {width, height})).sort().join(' ')
  assert.equal(vertices(9, 9), 'C3 C7 E5 G3 G7')
  assert.equal(vertices(13, 13), 'D10 D4 G7 K10 K4')
  assert.equal(vertices(19, 19), 'D10 D16 D4 K10 K16 K4 Q10 Q16 Q4')
  assert.equal(vertices(5, 5), 'C3')
  assert.equal(vertices(8, 8), 'C3 C6 F3 F6')
})

test('numbers are the player’s, with signs', () => {
  assert.equal(winrateFor(0.731, 'B'), '73')
  assert.equal(winrateFor(0.731, 'W'), '27')
  assert.equal(signedLead(3.46, 'B'), '+3.5')
  assert.equal(signedLead(3.46, 'W'), '−3.5')
  assert.equal(signedLead(-0.04, 'B'), '0')
  assert.equal(scoreText(-6.5), 'W+6.5')
  assert.equal(scoreText(0), '0')
  assert.equal(timeText(3661), '1:01:01')
  assert.equal(timeText(65), '1:05')
  assert.equal(timeText(59.2), '1:00')
  assert.equal(timeText(9.87), '9.9')
  assert.equal(timeText(-1), '0')
  assert.equal(visitsText(9999), '9999')
  assert.equal(visitsText(12345), '12k')
  assert.equal(visitsText(1.26e6), '1.3M')
})

// 0 ─ 1 ─ 2 ─ 3      and 4 ─ 5, which branches off behind 1
const NODES: GameNode[] = [[-1, '', ''], [0, 'B', 'E5'], [1, 'W', 'C3'], [2, 'B', 'G7'], [1, 'W', 'C7'], [4, 'B', 'G3']]

test('a line goes through a position, and on to its end', () => {
  assert.deepEqual(lineThrough(NODES, 0), [0, 1, 2, 3])
  assert.deepEqual(lineThrough(NODES, 3), [0, 1, 2, 3])
  assert.deepEqual(lineThrough(NODES, 4), [0, 1, 4, 5])
})

test('mistakes are the moves with a verdict, unless the search knew none better', () => {
  const loss = (node: number, verdict: Loss['verdict'], best: string): [number, Loss] =>
    [node, {node, points: 3, winrate: 0.1, verdict, best}]
  const lossOf = new Map([loss(1, '?', 'D4'), loss(2, '??', 'C7'), loss(3, '??', 'G7'), loss(4, '', 'D4')])
  assert.deepEqual(mistakesOf(NODES, lossOf, [0, 1, 2, 3]).map(each => `${each.side} ${each.move}${each.verdict} ${each.best}`),
    ['B E5? D4', 'W C3?? C7'])
  assert.deepEqual(mistakesOf(NODES, lossOf, [0, 1, 4, 5]).map(each => each.move), ['E5'])
  assert.deepEqual(mistakesOf(NODES, new Map(), [0, 1, 2, 3]), [])
})

test('stones have the number of the move that put them there', () => {
  const size = {width: 2, height: 2}
  // B A1, W B2, B pass, W A2 captures nothing; the stone at A1 is gone on the second board.
  const nodes: GameNode[] = [[-1, '', ''], [0, 'B', 'A1'], [1, 'W', 'B2'], [2, 'B', 'pass'], [3, 'W', 'A2'], [4, 'B', 'A1']]
  assert.deepEqual(numbersAt(nodes, [0, 1, 2, 3, 4], 'OOX.', size), [4, 2, 1, undefined])
  assert.deepEqual(numbersAt(nodes, [0, 1, 2, 3, 4], 'OO..', size), [4, 2, undefined, undefined])
  assert.deepEqual(numbersAt(nodes, [0, 1, 2, 3, 4, 5], 'OOX.', size), [4, 2, 5, undefined])
})

test('the tree is drawn line by line, without two lines at one place', () => {
  const text = (nodes: GameNode[]) => layOut(nodes).map(({column, row}) => `${column},${row}`).join(' ')
  assert.equal(text(NODES), '0,0 1,0 2,0 3,0 2,1 3,1')
  // A variation that reaches below a later one goes a row down.
  const long: GameNode[] = [...NODES, [2, 'B', 'A1'], [0, 'B', 'C3'], [7, 'W', 'A2'], [8, 'B', 'A3']]
  assert.equal(text(long), '0,0 1,0 2,0 3,0 2,2 3,2 3,1 1,3 2,3 3,3')
  // Two variations of one move lie one below the other; a short early one fits beside a later one.
  const wide: GameNode[] = [
    [-1, '', ''], [0, 'B', ''], [1, 'W', ''], [2, 'B', ''], [3, 'W', ''], [4, 'B', ''], [4, 'B', 'x'], [4, 'B', 'y'], [0, 'B', 'z'],
  ]
  assert.equal(text(wide), '0,0 1,0 2,0 3,0 4,0 5,0 5,1 5,2 1,1')
})

test('each language has every text, with the same values in it', () => {
  const values = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(match => match[0]).sort().join()
  for (const [name, words] of Object.entries({ja, ko, zhHans, zhHant}))
    for (const [key, text] of Object.entries(en)) {
      const there = words[key as keyof typeof en]
      assert.ok(there, `${name} lacks ${key}`)
      assert.equal(values(there), values(text), `${name}: ${key}`)
    }
})
