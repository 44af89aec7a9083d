// What the page computes without a browser: points, numbers, lines of the tree, mistakes.
import assert from 'node:assert/strict'
import {test} from 'node:test'
import {cellOf, spotOf, starPoints, vertexOf} from '../../../web/page/geometry'
import type {Finding, GameNode} from '../../../web/page/messages'
import {scoreText, signedLead, timeText, visitsText, winrateFor} from '../../../web/page/numbers'
import {mistakesOf} from '../../../web/page/review'
import {lineThrough} from '../../../web/page/state'
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

test('mistakes are moves that lost points, for either player', () => {
  const finding = (node: number, lead: number, best: string): [number, Finding] =>
    [node, {version: 1, node, visits: 25, winrate: 0.5, lead, moves: [{move: best, visits: 20, winrate: 0.5, lead, prior: 1, pv: []}]}]
  const found = new Map([finding(0, 0, 'D4'), finding(1, -3, 'C7'), finding(2, 2.5, 'G7'), finding(3, -4, 'D4')])
  assert.deepEqual(mistakesOf(NODES, found, [0, 1, 2, 3]), [
    {node: 1, side: 'B', move: 'E5', points: 3, better: 'D4'},
    {node: 2, side: 'W', move: 'C3', points: 5.5, better: 'C7'},
    // The third move was the best one: what it lost, the search had not seen.
  ])
  assert.deepEqual(mistakesOf(NODES, new Map(), [0, 1, 2, 3]), [])
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
