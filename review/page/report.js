// The page of a reviewed game, drawn from the JSON in #review: no library, no network. Continues
// board.js.

// ---- What is shown ----

const state = {move: 0, best: true, ownership: false, pinned: null}

const bestOf = index => (index >= 0 ? positions[index].best || [] : [])
const nextOf = index => (index < lastMove ? positions[index + 1] : null)

function boardName() {
  const position = positions[state.move]
  if (position.move) return `Board after move ${state.move}, ${moveText(position)}`
  return state.move > 0 ? 'Board with the stones set up' : 'Board at the start'
}

function showBoard() {
  const position = positions[state.move]
  byId('board').replaceChildren(drawBoard({
    board: position.board, name: boardName(), toMove: position.toMove,
    last: position.move ? position : null, next: nextOf(state.move),
    best: state.best ? bestOf(state.move) : null,
    ownership: state.ownership ? position.ownership : ''}))
  for (const candidate of byId('board').querySelectorAll('.candidate')) {
    followPointer(candidate, Number(candidate.dataset.order))
  }
}

/// The variation of a best move instead of all of them; null: as before.
function preview(order) {
  const board = byId('board').firstElementChild
  board.querySelector('.variation')?.remove()
  board.classList.toggle('previewing', order !== null)
  if (order !== null) {
    const position = positions[state.move]
    board.append(variationLayer(position.best[order].pv, position.toMove))
  }
  for (const row of byId('best').querySelectorAll('[data-order]')) {
    row.classList.toggle('shown', Number(row.dataset.order) === order)
  }
}

/// Hovering and keyboard focus show the variation of a best move; a click or tap keeps it.
function followPointer(node, order) {
  const over = () => preview(order)
  const away = () => preview(state.pinned)
  node.addEventListener('pointerenter', over)
  node.addEventListener('pointerleave', away)
  node.addEventListener('focusin', over)
  node.addEventListener('focusout', away)
  node.addEventListener('click', () => {
    state.pinned = state.pinned === order ? null : order
    preview(state.pinned)
  })
}

// ---- Beside the board ----

function showPlayed() {
  const position = positions[state.move]
  byId('played').replaceChildren(...[titleOf(state.move), verdictMark(position)].filter(Boolean))
  byId('verdict').replaceChildren(...verdictSentence())
}

/// "The 2nd choice of the search; lost 1.2 points"
function judgement({rank, lost}) {
  const choice = rank === undefined ? '' : `the ${rank === 0 ? 'first' : ordinal(rank + 1)} choice of the search`
  const text = [choice, lost && lossSentence(lost)].filter(Boolean).join('; ')
  return text && text[0].toUpperCase() + text.slice(1)
}

/// What would have been better than the last move, with a link to where it was shown.
function improvement() {
  const {rank, lost} = positions[state.move]
  const better = bestOf(state.move - 1)[0]
  if (!better || rank === 0 || !lost || !lossText(lost)) return []
  const link = element('a', {href: hashOf(state.move - 1)}, better.move)
  return [' · better: ', link, ` (${score(better.lead)})`]
}

function verdictSentence() {
  const position = positions[state.move]
  return position.move ? [judgement(position), ...improvement()] : [`${kColorNames[position.toMove]} to play`]
}

function showChances() {
  const {winrate, lead, noResult} = positions[state.move]
  const name = `Black ${percent(winrate)}, White ${percent(1 - winrate)}`
  const bar = element('div', {class: 'bar', role: 'img', 'aria-label': name}, element('div', {class: 'black'}))
  bar.firstElementChild.style.width = `${(100 * winrate).toFixed(1)}%`
  byId('chances').replaceChildren(
    element('span', {class: 'side'}, element('b', {}, percent(winrate)), ' Black'),
    element('span', {class: 'score', title: 'Estimated score'}, noResult ? 'no result' : score(lead)),
    element('span', {class: 'side'}, 'White ', element('b', {}, percent(1 - winrate))),
    bar)
}

function candidateRow(candidate, order, toMove) {
  const row = element('tr', {'data-order': order, class: order === 0 ? 'first' : ''},
    element('td', {}, element('button', {type: 'button', 'aria-label': `Show the variation of ${candidate.move}`},
      element('i', {class: 'dot'}, String(order + 1)), candidate.move)),
    element('td', {}, percent(winrateOf(candidate.winrate, toMove))),
    element('td', {}, score(candidate.lead)),
    element('td', {}, String(candidate.visits)),
    element('td', {class: 'line'}, candidate.pv.slice(1).join(' ')))
  if (nextOf(state.move)?.move === candidate.move) row.classList.add('record')
  followPointer(row, order)
  return row
}

function showNoBest() {
  const reason = state.move === lastMove ? 'The game ends here.' : 'No moves were searched here.'
  byId('best').replaceChildren(element('p', {class: 'hint'}, reason))
}

function showBest() {
  const best = bestOf(state.move)
  if (best.length === 0) return showNoBest()
  const {toMove} = positions[state.move]
  const heads = ['Move', 'Wins', 'Score', 'Visits', 'Then'].map(text => element('th', {scope: 'col'}, text))
  heads[1].title = `Winrate of ${kColorNames[toMove]}, who is to move`
  byId('best').replaceChildren(element('table', {},
    element('caption', {}, `Best moves of ${kColorNames[toMove]}`),
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...best.map((candidate, order) => candidateRow(candidate, order, toMove)))))
}

function showComment() {
  const comment = positions[state.move].comment || ''
  byId('comment').textContent = comment
  byId('comment').hidden = comment === ''
}

// ---- Going through the game ----

const hashOf = index => `#move=${index}`

function moveInHash(hash) {
  const match = /^#move=(\d+)$/.exec(hash)
  return match ? Number(match[1]) : 0
}

/// After a moment: browsers refuse many changes of the address in a short time.
let addressTimer = 0
function rememberInAddress() {
  clearTimeout(addressTimer)
  addressTimer = setTimeout(() => history.replaceState(null, '', hashOf(state.move)), 120)
}

function show(index) {
  state.move = Math.max(0, Math.min(lastMove, index))
  state.pinned = null
  showBoard()
  showPlayed()
  showChances()
  showBest()
  showComment()
  showControls()
  moveCursor()
}

function go(index) {
  show(index)
  rememberInAddress()
}

const isMistake = position => ['?', '??'].includes(verdictOf(position))

/// The next mistake in a direction (1, -1); none: null.
function mistakeFrom(index, direction) {
  for (let i = index + direction; i >= 0 && i <= lastMove; i += direction) if (isMistake(positions[i])) return i
  return null
}

/// Where a button leads; null: nowhere.
function targetOf({go: end, step, mistake}) {
  if (mistake) return mistakeFrom(state.move, Number(mistake))
  const wanted = end === 'first' ? 0 : end === 'last' ? lastMove : state.move + Number(step)
  const target = Math.max(0, Math.min(lastMove, wanted))
  return target === state.move ? null : target
}

const moveButtons = [...document.querySelectorAll('button[data-go], button[data-step], button[data-mistake]')]

/// aria-disabled, for a disabled button would lose the keyboard's focus.
function showControls() {
  byId('slider').value = state.move
  byId('slider').setAttribute('aria-valuetext', titleOf(state.move))
  byId('count').textContent = `${state.move} / ${lastMove}`
  for (const button of moveButtons) button.setAttribute('aria-disabled', targetOf(button.dataset) === null)
}

function setUpToggle(id, name) {
  byId(id).addEventListener('click', () => {
    state[name] = !state[name]
    byId(id).setAttribute('aria-pressed', state[name])
    showBoard()
    preview(state.pinned)
  })
}

function setUpControls() {
  for (const button of moveButtons) {
    button.addEventListener('click', () => {
      const target = targetOf(button.dataset)
      if (target !== null) go(target)
    })
  }
  byId('slider').max = lastMove
  byId('slider').addEventListener('input', () => go(Number(byId('slider').value)))
  setUpToggle('toggle-best', 'best')
  setUpToggle('toggle-ownership', 'ownership')
}

function setUpKeyboard() {
  const targets = {
    ArrowLeft: () => state.move - 1, ArrowRight: () => state.move + 1,
    PageUp: () => state.move - 10, PageDown: () => state.move + 10,
    Home: () => 0, End: () => lastMove,
  }
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || !(event.key in targets)) return
    event.preventDefault()
    go(targets[event.key]())
  })
}

function bringBoardIntoView() {
  const {top, bottom} = byId('board').getBoundingClientRect()
  if (bottom < 100 || top > window.innerHeight - 100) byId('board').scrollIntoView({block: 'start'})
}

/// Links to moves, and addresses typed in.
function setUpLinks() {
  document.addEventListener('click', event => {
    const link = event.target.closest('a[href^="#move="]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    go(moveInHash(link.hash))
    bringBoardIntoView()
  })
  window.addEventListener('hashchange', () => {
    clearTimeout(addressTimer)
    show(moveInHash(location.hash))
  })
}

// ---- The graph ----

const graph = document.querySelector('svg.graph')
let cursor = null

function moveCursor() {
  if (!cursor) return
  const {left, right, moves} = graph.dataset
  const x = Number(left) + (Number(moves) ? (right - left) * state.move / moves : 0)
  cursor.setAttribute('x1', x)
  cursor.setAttribute('x2', x)
}

function moveUnder(event) {
  const {left, right, moves} = graph.dataset
  const x = new DOMPoint(event.clientX, event.clientY).matrixTransform(graph.getScreenCTM().inverse()).x
  return Math.round(Number(moves) * (x - left) / (right - left))
}

function setUpGraph() {
  if (!graph) return
  cursor = graph.appendChild(shape('line', {class: 'cursor', y1: graph.dataset.top, y2: graph.dataset.bottom}))
  const follow = event => go(moveUnder(event))
  graph.addEventListener('pointerdown', event => {
    graph.setPointerCapture(event.pointerId)
    follow(event)
  })
  graph.addEventListener('pointermove', event => {
    if (graph.hasPointerCapture(event.pointerId)) follow(event)
  })
}

// ---- About the game ----

function rulesText(rules) {
  if (!/^[a-z-]+$/.test(rules)) return rules
  const capitalised = rules.replace(/(^|-)[a-z]/g, letters => letters.toUpperCase())
  const name = rules.length <= 3 ? rules.toUpperCase() : capitalised
  return `${name} rules`
}

function playerName(color, name, rank) {
  return element('span', {class: 'player'},
    element('i', {class: `disc ${shadeOf(color)}`, role: 'img', 'aria-label': `${kColorNames[color]}:`}),
    name || kColorNames[color], rank ? element('small', {}, ` ${rank}`) : null)
}

function showHeader() {
  const facts = [
    review.date, review.event, `${review.width}×${review.height}`, review.rules && rulesText(review.rules),
    review.rulesAssumed ? 'rules assumed' : '',
    `komi ${review.komi}`, review.handicap ? `handicap ${review.handicap}` : '',
    `${positions.filter(position => position.move).length} moves`,
    `judged by ${review.judge}, ${review.visits} visits a position`]
  byId('header').append(
    element('h1', {}, playerName('B', review.black, review.blackRank), ' ',
      playerName('W', review.white, review.whiteRank), ' ',
      review.result ? element('span', {class: 'result'}, review.result) : null),
    element('ul', {}, ...facts.filter(Boolean).map(fact => element('li', {}, fact))),
    ...review.notes.map(note => element('p', {class: 'hint'}, `Note: ${note}`)))
  byId('footer').textContent = `${review.file}, reviewed by ${review.generator}. Winrates and points are estimates.`
}

// ---- Mistakes, turning points, players ----

/// The part of the board about a mistake and what was better, and of that as much as fits in.
function diagramPart(played, better) {
  const kMoves = 7  // enough to see the idea
  const kMovesInView = 3
  const variation = better && better.move !== played.move ? better.pv.slice(0, kMoves) : []
  const view = viewAround([played.move, ...variation.slice(0, kMovesInView)].map(pointOf).filter(Boolean))
  const outside = variation.map(pointOf).findIndex(point => point && !inView(view, point))
  return {view, variation: outside < 0 ? variation : variation.slice(0, outside)}
}

function mistakeDiagram(index) {
  const {board, toMove} = positions[index - 1]
  const played = positions[index]
  const better = bestOf(index - 1)[0]
  const part = diagramPart(played, better)
  const instead = part.variation.length ? `better: ${better.move} (${score(better.lead)})` : ''
  return element('a', {class: 'diagram', href: hashOf(index)},
    drawBoard({...part, board, toMove, played, name: `Before move ${index}`}),
    element('span', {class: 'caption'},
      element('b', {}, titleOf(index)), ' ', verdictMark(played), `: ${lossSentence(played.lost)}`,
      element('span', {class: 'better'}, instead)))
}

function showMistakes() {
  byId('mistakes-section').hidden = review.mistakes.length === 0
  byId('mistakes').append(...review.mistakes.map(mistakeDiagram))
}

function turningPoint(index) {
  const before = positions[index - 1]
  const after = positions[index]
  const winrates = `Black’s winrate ${percent(before.winrate)} → ${percent(after.winrate)}`
  const scores = `score ${score(before.lead)} → ${score(after.lead)}`
  return element('li', {},
    element('a', {href: hashOf(index)}, titleOf(index)), ' ', verdictMark(after),
    element('span', {class: 'change'}, `${winrates}, ${scores}`))
}

function showTurningPoints() {
  byId('turning-section').hidden = review.turningPoints.length === 0
  byId('turning').append(...review.turningPoints.map(turningPoint))
}

function phaseName({name, from, to}) {
  const moves = to < from ? 'not reached' : `${from}–${to}`
  return [name[0].toUpperCase() + name.slice(1), ' ', element('small', {}, moves)]
}

function playersHead(players) {
  const names = players.map(({color}) => element('th', {scope: 'col'},
    element('i', {class: `disc ${shadeOf(color)}`, 'aria-hidden': 'true'}), kColorNames[color]))
  return element('thead', {}, element('tr', {}, element('td'), ...names))
}

/// A row a measure, a column a player: fits narrow screens.
function showPlayers() {
  const players = review.players
  byId('players-section').hidden = players.length === 0
  const row = (name, value, attributes = {}) => element('tr', attributes,
    element('th', {scope: 'row'}, ...[name].flat()),
    ...players.map(player => element('td', {}, ...[value(player)].flat())))
  const share = ({best, moves}) => (moves ? [`${best} `, element('small', {}, percent(best / moves))] : '–')
  const lost = (phase, i) => row(phaseName(phase), player => (phase.to < phase.from ? '–' : fixed(player.pointsLost[i])))
  byId('players').append(playersHead(players),
    element('tbody', {},
      ...review.phases.map(lost),
      row('In all', player => fixed(player.total), {class: 'total'}),
      row('Per move', player => fixed(player.mean, 2)),
      row('Moves', player => String(player.moves)),
      row('First choices', share),
      row(['Mistakes ', element('span', {class: 'mark mistake'}, '?')], player => String(player.mistakes)),
      row(['Blunders ', element('span', {class: 'mark blunder'}, '??')], player => String(player.blunders)),
      row('Rank shown', player => player.rank)))
}

showHeader()
showMistakes()
showTurningPoints()
showPlayers()
setUpControls()
setUpKeyboard()
setUpLinks()
setUpGraph()
show(moveInHash(location.hash))
