// check.mjs PONNUKI FIREFOX MINIBROWSER: the page of `ponnuki web`, with the same steps in each browser. "": not there.
import {setTimeout as sleep} from 'node:timers/promises'
import {openFirefox} from './firefox.mjs'
import {Server, check} from './helpers.mjs' // of ../web
import {openWebKit} from './webkit.mjs'

const [program, firefox, minibrowser] = process.argv.slice(2)
const WAIT = 30 // seconds

// ---- What a person does on a page: {open, evaluate, resize, screenshot, close} ----

/// Waits until a function of the page returns something true, and returns that.
async function waitFor(page, what, code, ...args) {
  for (const end = Date.now() + 1000 * WAIT; Date.now() < end; await sleep(100)) {
    const result = await page.evaluate(code, ...args)
    if (result) return result
  }
  throw new Error(`not after ${WAIT} s: ${what}`)
}

const errorsOf = page => page.evaluate(() => window.errors.join('; '))
const count = (page, selector) => page.evaluate(all => document.querySelectorAll(all).length, selector)
const waitForSome = (page, selector) =>
  waitFor(page, `${selector} is there`, wanted => document.querySelector(wanted) !== null, selector)
const waitForNone = (page, selector) =>
  waitFor(page, `${selector} is gone`, unwanted => document.querySelector(unwanted) === null, selector)
const status = page => page.evaluate(() => document.querySelector('.status')?.textContent ?? '')
const waitForStatus = (page, pattern) => waitFor(page, `the status is ${pattern}`, wanted =>
  new RegExp(wanted).test(document.querySelector('.status')?.textContent ?? ''), pattern)
const STONES = '.board svg > .stone:not(.ghost)'
const nameOf = (page, vertex) =>
  page.evaluate(wanted => document.querySelector(`[data-vertex="${wanted}"]`).getAttribute('aria-label'), vertex)

const click = (page, selector) => page.evaluate(wanted => document.querySelector(wanted).click(), selector)
const play = (page, vertex) => click(page, `[data-vertex="${vertex}"]`)
const press = (page, name) => page.evaluate(wanted =>
  [...document.querySelectorAll('button')].find(each => each.textContent.trim() === wanted).click(), name)
const key = (page, name) => page.evaluate(pressed =>
  void document.body.dispatchEvent(new KeyboardEvent('keydown', {key: pressed, bubbles: true, cancelable: true})), name)
const drop = (page, text) => page.evaluate(record => {
  const data = new DataTransfer()
  data.items.add(new File([record], 'game.sgf'))
  document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}))
}, text)

/// Chooses in the dialog what has this label.
const choose = (page, label, value) => page.evaluate((wanted, to) => {
  const labels = [...document.querySelectorAll('dialog label')]
  const field = labels.find(each => each.textContent.trim().startsWith(wanted)).querySelector('input, select')
  if (to === undefined) return field.click()
  field.value = to
  field.dispatchEvent(new Event('change', {bubbles: true}))
}, label, value)

async function newGame(page, color, level) {
  await waitForSome(page, 'dialog[open], .player') // without a game the dialog opens by itself
  if (!(await count(page, 'dialog[open]'))) await press(page, 'New game')
  await waitForSome(page, 'dialog[open]')
  await choose(page, '9×9')
  await choose(page, color)
  if (level) await choose(page, 'Strength', level)
  const before = await page.evaluate(() => location.hash)
  await click(page, 'dialog .main')
  await waitFor(page, 'the game begins', hash => location.hash !== hash && !document.querySelector('dialog'), before)
}

/// A record of a game of 19x19 without captures: moves on every second point.
function record(moves) {
  const letter = i => String.fromCharCode(97 + i)
  const points = [...Array(181).keys()].map(i => letter((2 * i) % 19) + letter(Math.floor((2 * i) / 19)))
  const body = [...Array(moves).keys()].map(i => `;${i % 2 ? 'W' : 'B'}[${points[(i * 37) % points.length]}]`)
  return `(;SZ[19]KM[6.5]RU[Japanese]PB[Left]PW[Right]RE[B+2.5]${body.join('')})`
}

/// The board is a square that can be seen whole, Black's stone is at E5, and nothing scrolls sideways.
async function checkLayout(page) {
  const {board, stone, cell, five, inner, scroll} = await page.evaluate(() => {
    const boxOf = element => element.getBoundingClientRect().toJSON()
    const find = selector => document.querySelector(selector)
    return {
      board: boxOf(find('.board')), cell: boxOf(find('[data-vertex="E5"]')),
      stone: boxOf(find('.board svg > .stone.black')),
      five: boxOf([...document.querySelectorAll('.grid text')].find(each => each.textContent === '5')),
      inner: {width: innerWidth, height: innerHeight}, scroll: document.documentElement.scrollWidth,
    }
  })
  const at = `${inner.width}×${inner.height}`
  check(scroll <= inner.width, `at ${at} nothing scrolls sideways: the page is ${scroll} wide`)
  check(Math.abs(board.width - board.height) < 2, `at ${at} the board is square: ${board.width}×${board.height}`)
  check(board.width > 0.5 * Math.min(inner.width, inner.height), `at ${at} the board is large: ${board.width}`)
  check(board.left >= 0 && board.right <= inner.width && board.top >= 0 && board.bottom <= inner.height,
    `at ${at} the whole board is seen: ${JSON.stringify(board)}`)
  const right = (a, b) => Math.abs(a.x + a.width / 2 - b.x - b.width / 2) / cell.width
  const below = (a, b) => Math.abs(a.y + a.height / 2 - b.y - b.height / 2) / cell.height
  check(Math.max(right(stone, cell), below(stone, cell)) < 0.1, `at ${at} the stone is in the middle of its cell`)
  check(below(five, cell) < 0.06, `at ${at} the number 5 is beside its line, not ${below(five, cell)} cells away`)
}

// ---- The tests ----

const tests = {
  async 'a game of 9x9: both pass, dead stones are marked, the score stands'(page) {
    await newGame(page, 'Both')
    let stones = 0
    const playAt = async vertex => {
      await play(page, vertex)
      await waitFor(page, `a stone at ${vertex}`, (all, n) => document.querySelectorAll(all).length === n,
        STONES, ++stones)
    }
    for (let row = 1; row <= 9; ++row) {
      await playAt(`E${row}`)
      await playAt(`F${row}`)
    }
    await playAt('D5')
    await playAt('B5')
    await press(page, 'Pass')
    await waitForStatus(page, 'Black passed')
    await press(page, 'Pass')
    await waitForStatus(page, 'Tap dead stones')
    check((await nameOf(page, 'B5')).includes('dead'), 'the stone at B5 is dead')
    check((await status(page)).includes('B+'), 'Black is ahead')
    check((await count(page, '.territory rect')) > 30 && (await count(page, '.dead')) === 1, 'territory is drawn')
    const before = await status(page)
    await play(page, 'B5')
    await waitFor(page, 'another score', old => document.querySelector('.status').textContent !== old, before)
    check(!(await nameOf(page, 'B5')).includes('dead'), 'the stone at B5 lives after a tap')
    await play(page, 'B5')
    await waitFor(page, 'the score again', old => document.querySelector('.status').textContent === old, before)
    await press(page, 'Accept')
    await waitForStatus(page, '^Black wins by ')
  },

  async 'the engine answers, and the board is seen whole'(page) {
    await newGame(page, 'Black', '10k')
    await play(page, 'E5')
    await waitForStatus(page, '^White .*Your move')
    check((await count(page, STONES)) === 2, 'both stones are on the board')
    for (const [width, height] of [[600, 900], [1280, 860]]) {
      await page.resize(width, height)
      await sleep(500)
      await checkLayout(page)
    }
  },

  async 'a record that is dropped: its graph, arrow keys, live analysis, a variation'(page) {
    await waitForSome(page, 'dialog[open], .player')
    await drop(page, record(40))
    await waitFor(page, 'the graph is complete', positions =>
      (document.querySelector('.graph .lead')?.getAttribute('points') ?? '').split(' ').length >= positions, 41)
    const isAt = number => waitFor(page, `move ${number} is shown`, wanted =>
      document.querySelector('.navigation output').textContent === wanted, String(number))
    await key(page, 'Home')
    await isAt(0)
    for (let i = 0; i < 3; ++i) await key(page, 'ArrowRight')
    await isAt(3)
    check((await count(page, STONES)) === 3, 'three stones are on the board')
    await key(page, 'ArrowLeft')
    await isAt(2)
    await press(page, 'Analyse')
    await waitForSome(page, '.candidates .best')
    await waitForSome(page, '.searches tbody tr')
    await page.evaluate(() => document.querySelector('.searches tbody tr').dispatchEvent(new MouseEvent('mouseenter')))
    await waitForSome(page, '.preview .stone')
    await press(page, 'Stop')
    await waitForNone(page, '.candidates')
  },
}

/// Runs all tests on a page; the number of those that failed.
async function testOn(page, url) {
  let failed = 0
  for (const [name, test] of Object.entries(tests)) {
    const begin = Date.now()
    try {
      await page.open(url)
      await test(page)
      const errors = await errorsOf(page)
      check(errors === '', errors)
      console.log(`passed: ${page.name}: ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`)
    } catch (error) {
      ++failed
      console.log(`FAILED: ${page.name}: ${name}\n  ${error.stack}\n  ${await errorsOf(page).catch(String)}`)
      await page.screenshot(`failed-${page.name}-${failed}.png`).catch(() => {})
    }
  }
  return failed
}

let failed = 0
const browsers = [[openFirefox, firefox], [openWebKit, minibrowser]]
for (const [openBrowser, path] of browsers.filter(each => each[1])) {
  const server = new Server(program)
  await server.start()
  try {
    const page = await openBrowser(path)
    failed += await testOn(page, server.url)
    await page.close()
  } finally {
    await server.end()
  }
}
process.exit(failed ? 1 : 0)
