// The board of a reviewed game, and what it is made of. The program puts this file before report.js
// in the page's one script: the data of #review and the helpers below serve both.
//
// Winrates and leads in the data are Black's. positions[n] is the board after n moves.
// Names and comments are foreign text: they get into the page as text nodes only.
'use strict'

const review = JSON.parse(document.getElementById('review').textContent)
const positions = review.positions
const lastMove = positions.length - 1

// ---- Elements ----

const kSvg = 'http://www.w3.org/2000/svg'

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  node.append(...children.filter(child => child !== null && child !== undefined))
  return node
}

const element = (name, attributes = {}, ...children) =>
  filled(document.createElement(name), attributes, children)

const shape = (name, attributes = {}, ...children) =>
  filled(document.createElementNS(kSvg, name), attributes, children)

const byId = id => document.getElementById(id)

// ---- Words and numbers ----

const kColorNames = {B: 'Black', W: 'White'}
const kVerdictClasses = {'?!': 'doubt', '?': 'mistake', '??': 'blunder'}

const shadeOf = color => (color === 'B' ? 'black' : 'white')
const opponent = color => (color === 'B' ? 'W' : 'B')
const percent = share => `${Math.round(100 * share)}\u00a0%`
const fixed = (value, digits = 1) => value.toFixed(digits).replace(/^-(?=[0.]+$)/, '').replace('-', '−')
const signed = value => (Number(value.toFixed(1)) > 0 ? '+' : '') + fixed(value)
const winrateOf = (share, color) => (color === 'B' ? share : 1 - share)
const leadOf = (lead, color) => (color === 'B' ? lead : -lead)

/// Black's lead as a score: B+3.5.
function score(lead) {
  const points = Math.abs(lead).toFixed(1)
  return points === '0.0' ? 'even' : (lead > 0 ? 'B+' : 'W+') + points
}

/// Of a search's few candidates.
const ordinal = number => number + ({1: 'st', 2: 'nd', 3: 'rd'}[number] || 'th')

/// "5.2 points, 14 %"; empty where nothing to speak of was lost.
function lossText({points, winrate}) {
  const parts = []
  if (points >= 0.05) parts.push(`${fixed(points)}\u00a0points`)
  if (winrate >= 0.005) parts.push(percent(winrate))
  return parts.join(', ')
}

const lossSentence = lost => `lost ${lossText(lost) || 'nothing'}`

const moveText = ({color, move}) => `${kColorNames[color]} ${move}`

function titleOf(index) {
  const position = positions[index]
  if (position.move) return `Move ${index}, ${moveText(position)}`
  return index > 0 ? 'Stones set up' : 'Start of the game'
}

const verdictOf = position => (position.lost ? position.lost.verdict : '')

function verdictMark(position) {
  const verdict = verdictOf(position)
  return verdict ? element('span', {class: `mark ${kVerdictClasses[verdict]}`}, verdict) : null
}

// ---- Points of the board ----

const kLetters = 'ABCDEFGHJKLMNOPQRSTUVWXYZ'

/// Of a GTP vertex; rows count from the top. A pass: null.
function pointOf(vertex) {
  const match = /^([A-HJ-Z])(\d+)$/i.exec(vertex || '')
  return match && {x: kLetters.indexOf(match[1].toUpperCase()), y: review.height - Number(match[2])}
}

const indexOf = ({x, y}) => y * review.width + x

/// Of the lines of one direction, those with star points: near the edges, and on large boards in the middle.
function starLines(size) {
  const edge = size < 13 ? 2 : 3
  const outer = size < 7 ? [] : [edge, size - 1 - edge]
  return size >= 15 && size % 2 ? [...outer, (size - 1) / 2] : outer
}

function starPoints() {
  const stars = starLines(review.width).flatMap(x => starLines(review.height).map(y => ({x, y})))
  const centre = {x: (review.width - 1) / 2, y: (review.height - 1) / 2}
  const odd = review.width % 2 && review.height % 2
  return odd && !stars.some(({x, y}) => x === centre.x && y === centre.y) ? [...stars, centre] : stars
}

// ---- The part of the board that a diagram shows ----

const wholeBoard = () => ({x: {low: 0, high: review.width - 1}, y: {low: 0, high: review.height - 1}})

/// The lines around some of them, with two to spare; near an edge, up to it.
function linesAround(lines, size) {
  const low = Math.min(...lines) - 2
  const high = Math.max(...lines) + 2
  return {low: low <= 2 ? 0 : low, high: high >= size - 3 ? size - 1 : high}
}

/// Widened to `span` lines where the board has them.
function widened({low, high}, span, size) {
  const wanted = Math.min(size, Math.max(span, high - low + 1))
  const start = low - Math.floor((wanted - (high - low + 1)) / 2)
  const first = Math.max(0, Math.min(start, size - wanted))
  return {low: first, high: first + wanted - 1}
}

/// A square with the points in it; small boards are shown whole.
function viewAround(points) {
  const kLeastSpan = 11
  if (Math.max(review.width, review.height) <= 13 || points.length === 0) return wholeBoard()
  const x = linesAround(points.map(p => p.x), review.width)
  const y = linesAround(points.map(p => p.y), review.height)
  const span = Math.max(kLeastSpan, x.high - x.low + 1, y.high - y.low + 1)
  return {x: widened(x, span, review.width), y: widened(y, span, review.height)}
}

const inView = (view, {x, y}) => x >= view.x.low && x <= view.x.high && y >= view.y.low && y <= view.y.high

// ---- The board, in layers ----

const kCell = 40
const kStone = 0.47 * kCell

const at = line => line * kCell
const circle = ({x, y}, radius, attributes) => shape('circle', {cx: at(x), cy: at(y), r: radius, ...attributes})

const line = (x1, y1, x2, y2) => shape('line', {x1, y1, x2, y2})

function label({x, y}, text, attributes) {
  return shape('text', {x: at(x), y: at(y), dy: '0.35em', ...attributes}, String(text))
}

function viewBoxOf(view) {
  const kNear = 26
  const kCoordinates = 46
  const left = at(view.x.low) - kCoordinates
  const top = at(view.y.low) - kNear
  return {left, top, width: at(view.x.high) + kNear - left, height: at(view.y.high) + kCoordinates - top}
}

function gridLayer(view) {
  const layer = shape('g', {class: 'grid'})
  const end = (line, edge, outwards) => at(line) + (line === edge ? 0 : outwards * kCell * 0.5)
  const left = end(view.x.low, 0, -1)
  const right = end(view.x.high, review.width - 1, 1)
  const top = end(view.y.low, 0, -1)
  const bottom = end(view.y.high, review.height - 1, 1)
  for (let x = view.x.low; x <= view.x.high; ++x) layer.append(line(at(x), top, at(x), bottom))
  for (let y = view.y.low; y <= view.y.high; ++y) layer.append(line(left, at(y), right, at(y)))
  for (const star of starPoints()) if (inView(view, star)) layer.append(circle(star, 3.5, {class: 'star'}))
  return layer
}

function coordinateLayer(view) {
  const layer = shape('g', {class: 'coordinates'})
  const kAway = 0.82
  for (let x = view.x.low; x <= view.x.high; ++x) layer.append(label({x, y: view.y.high + kAway}, kLetters[x]))
  for (let y = view.y.low; y <= view.y.high; ++y) layer.append(label({x: view.x.low - kAway, y}, review.height - y))
  return layer
}

function stone(point, color) {
  return shape('g', {class: `stone ${shadeOf(color)}`},
    shape('circle', {class: 'shadow', cx: at(point.x) + 1.2, cy: at(point.y) + 2, r: kStone}),
    circle(point, kStone, {class: 'body'}))
}

function stoneLayer(view, board) {
  const layer = shape('g', {class: 'stones'})
  for (let y = view.y.low; y <= view.y.high; ++y) {
    for (let x = view.x.low; x <= view.x.high; ++x) {
      const color = {X: 'B', O: 'W'}[board[indexOf({x, y})]]
      if (color) layer.append(stone({x, y}, color))
    }
  }
  return layer
}

/// Squares, the surer the larger; none on stones that live.
function ownershipLayer(view, board, ownership) {
  const layer = shape('g', {class: 'ownership'})
  const kLeast = 0.15
  for (let y = view.y.low; y <= view.y.high; ++y) {
    for (let x = view.x.low; x <= view.x.high; ++x) {
      const index = indexOf({x, y})
      const owner = (ownership.charCodeAt(index) - 'm'.charCodeAt(0)) / 12
      const own = (board[index] === 'X' && owner > 0) || (board[index] === 'O' && owner < 0)
      if (!(Math.abs(owner) >= kLeast) || own) continue
      const side = kCell * (0.16 + 0.34 * Math.abs(owner))
      layer.append(shape('rect', {class: owner > 0 ? 'black' : 'white', x: at(x) - side / 2, y: at(y) - side / 2,
        width: side, height: side, rx: 2, 'fill-opacity': (0.35 + 0.6 * Math.abs(owner)).toFixed(2)}))
    }
  }
  return layer
}

/// Circles with the winrate and the points of the player to move; on small screens their order instead.
function candidateLayer(best, toMove) {
  const layer = shape('g', {class: 'candidates'})
  const most = Math.max(...best.map(candidate => candidate.visits), 1)
  for (const [order, candidate] of [...best.entries()].reverse()) {
    const point = pointOf(candidate.move)
    if (!point) continue
    const chances = Math.round(100 * winrateOf(candidate.winrate, toMove))
    const opacity = order === 0 ? 0.96 : 0.62 + 0.33 * Math.sqrt(candidate.visits / most)
    layer.append(shape('g', {class: `candidate ${order === 0 ? 'first' : ''}`, 'data-order': order},
      circle(point, kStone, {class: 'body', 'fill-opacity': opacity.toFixed(2)}),
      label({x: point.x, y: point.y - 0.13}, chances, {class: 'winrate'}),
      label({x: point.x, y: point.y + 0.23}, signed(leadOf(candidate.lead, toMove)), {class: 'points'}),
      label(point, order + 1, {class: 'order'})))
  }
  return layer
}

/// Numbered stones. A point taken twice keeps its first number, as in books.
function variationLayer(variation, toMove) {
  const layer = shape('g', {class: 'variation'})
  const taken = new Set()
  let color = toMove
  for (const [order, vertex] of variation.entries()) {
    const point = pointOf(vertex)
    if (point && !taken.has(vertex)) {
      taken.add(vertex)
      const numbered = stone(point, color)
      numbered.append(label(point, order + 1, {class: 'number'}))
      layer.append(numbered)
    }
    color = opponent(color)
  }
  return layer
}

/// One position, whole or in part. What is not named is not drawn:
///   last       {move, color, lost}: the move that led here, marked
///   next       {move, color}: what the record plays here, a ring
///   best       candidates of toMove; `variation` of it as numbered stones
///   ownership  letters
///   played     {move, color}: a move marked red, with its stone
function drawBoard({board, view = wholeBoard(), name, toMove, last, next, best, ownership, variation, played}) {
  const box = viewBoxOf(view)
  const large = view.x.high - view.x.low >= 13 ? 'large' : ''
  const svg = shape('svg', {class: `board ${large}`, role: 'img', 'aria-label': name,
    viewBox: `${box.left} ${box.top} ${box.width} ${box.height}`},
    shape('rect', {class: 'wood', x: box.left, y: box.top, width: box.width, height: box.height, rx: 6}),
    gridLayer(view), coordinateLayer(view), stoneLayer(view, board))
  if (ownership) svg.append(ownershipLayer(view, board, ownership))
  if (best) svg.append(candidateLayer(best, toMove))
  if (next && pointOf(next.move)) {
    svg.append(circle(pointOf(next.move), kStone + 0.5, {class: `next ${shadeOf(next.color)}`}))
  }
  if (last && pointOf(last.move)) {
    const verdict = kVerdictClasses[verdictOf(last)] || ''
    svg.append(circle(pointOf(last.move), 0.24 * kCell, {class: `last ${shadeOf(last.color)} ${verdict}`}))
  }
  const wrong = played ? pointOf(played.move) : null
  if (wrong) svg.append(stone(wrong, played.color))
  if (variation) svg.append(variationLayer(variation, toMove))
  if (wrong) svg.append(circle(wrong, 0.27 * kCell, {class: 'wrong'}))
  return svg
}
