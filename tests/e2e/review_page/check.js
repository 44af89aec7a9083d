// The page of a reviewed game in a browser: steps through it with everything that steps, and compares
// what is shown with the data in the page.
//
//   node check.js PAGE BROWSER
'use strict'
const assert = require('assert')
const fs = require('fs')
const path = require('path')
const {pathToFileURL} = require('url')
const puppeteer = require('puppeteer-core')

const kDesktop = {width: 1280, height: 900}
const kPhone = {width: 360, height: 740, hasTouch: true, isMobile: true}
const kSmallestButton = 40
const kHostileName = '<img src=x onerror=alert(1)>'

/// The JSON in a page, and the page with other data.
const kData = /(<script type="application\/json" id="review">)([^]*?)(<\/script>)/
const dataOf = html => JSON.parse(kData.exec(html)[2])
const withData = (html, data) =>
  html.replace(kData, (_, before, old, after) => before + JSON.stringify(data).replace(/</g, '\\u003c') + after)

const stonesOf = position => position.board.replace(/\./g, '').length
const isMistake = position => position.lost && ['?', '??'].includes(position.lost.verdict)

/// A page, and what it did that it should not.
class Reader {
  constructor(page, file) {
    this.page = page
    this.url = pathToFileURL(file).href
    this.problems = []
    page.on('pageerror', error => this.problems.push(`error: ${error.message}`))
    page.on('console', message => this.problems.push(`console ${message.type()}: ${message.text()}`))
    page.on('dialog', dialog => {
      this.problems.push(`dialog: ${dialog.message()}`)
      dialog.dismiss()
    })
    page.on('request', request => {
      const url = request.url()
      if (url.split('#')[0] !== this.url && !url.startsWith('data:')) this.problems.push(`request: ${url}`)
    })
  }
  static async open(browser, file, viewport, hash = '') {
    const reader = new Reader(await browser.newPage(), file)
    await reader.page.setViewport(viewport)
    await reader.page.goto(reader.url + hash)
    return reader
  }
  async close() {
    assert.deepStrictEqual(this.problems, [])
    await this.page.close()
  }

  count(selector) {
    return this.page.$$eval(selector, nodes => nodes.length)
  }
  text(selector) {
    return this.page.$eval(selector, node => node.textContent)
  }
  attribute(selector, name) {
    return this.page.$eval(selector, (node, key) => node.getAttribute(key), name)
  }
  async move() {
    return Number(await this.page.$eval('#slider', slider => slider.value))
  }
  stones() {
    return this.count('#board .stones .stone')
  }
  press(key) {
    return this.page.keyboard.press(key)
  }
  click(selector) {
    return this.page.click(selector)
  }
  /// To the position after `move` moves, by the slider.
  async slide(move) {
    await this.page.$eval('#slider', (slider, value) => {
      slider.value = value
      slider.dispatchEvent(new Event('input', {bubbles: true}))
    }, move)
  }
  async expectMove(move) {
    assert.strictEqual(await this.move(), move)
  }
  /// The address follows after a moment.
  async expectAddress(move) {
    await this.page.waitForFunction(hash => location.hash === hash, {timeout: 5000}, `#move=${move}`)
  }
}

// ---- The checks: each begins anywhere in the game ----

async function buttons(reader, {positions}) {
  const last = positions.length - 1
  await reader.click('[data-go=first]')
  await reader.expectMove(0)
  for (const [step, expected] of [[1, 1], [10, 11], [-1, 10], [-10, 0]]) {
    await reader.click(`[data-step="${step}"]`)
    await reader.expectMove(Math.min(last, expected))
  }
  assert.strictEqual(await reader.attribute('[data-step="-1"]', 'aria-disabled'), 'true')
  await reader.click('[data-step="-1"]')
  await reader.expectMove(0)
  await reader.click('[data-go=last]')
  await reader.expectMove(last)
  assert.strictEqual(await reader.attribute('[data-step="1"]', 'aria-disabled'), 'true')
}

async function keyboard(reader, {positions}) {
  const last = positions.length - 1
  const steps = [['Home', 0], ['ArrowRight', 1], ['PageDown', 11], ['ArrowLeft', 10], ['PageUp', 0], ['PageUp', 0],
    ['End', last], ['ArrowRight', last]]
  for (const [key, expected] of steps) {
    await reader.press(key)
    await reader.expectMove(expected)
  }
  await reader.page.focus('#slider')
  await reader.press('ArrowLeft')
  await reader.expectMove(last - 1)
}

async function slider(reader, {positions}) {
  const middle = Math.floor(positions.length / 2)
  await reader.slide(middle)
  await reader.expectMove(middle)
  assert.strictEqual(await reader.text('#count'), `${middle} / ${positions.length - 1}`)
}

/// The address names the position, and leads back to it.
async function address(reader, {positions}) {
  await reader.press('Home')
  await reader.press('ArrowRight')
  await reader.expectAddress(1)
  await reader.page.evaluate(() => { location.hash = '#move=7' })
  await reader.page.waitForFunction(() => document.getElementById('slider').value === '7')
  await reader.page.reload()
  await reader.expectMove(7)
  assert.strictEqual(await reader.stones(), stonesOf(positions[7]))
}

async function clickGraph(reader, share) {
  const box = await (await reader.page.$('svg.graph')).boundingBox()
  const [left, right] = await reader.page.$eval('svg.graph', ({dataset}) => [Number(dataset.left), Number(dataset.right)])
  const width = await reader.page.$eval('svg.graph', svg => svg.viewBox.baseVal.width)
  await reader.page.mouse.click(box.x + box.width * (left + (right - left) * share) / width, box.y + box.height / 2)
}

async function graph(reader, {positions}) {
  const last = positions.length - 1
  for (const share of [0.5, 1, 0, 0.25]) {
    await clickGraph(reader, share)
    assert(Math.abs((await reader.move()) - share * last) <= 1, `the graph's ${share} is move ${await reader.move()}`)
  }
  const before = Number(await reader.attribute('.graph .cursor', 'x1'))
  await reader.press('ArrowRight')
  assert(Number(await reader.attribute('.graph .cursor', 'x1')) > before, 'the cursor moves on')
}

function firstCapture(positions) {
  return positions.findIndex((position, i) => i > 0 && stonesOf(position) < stonesOf(positions[i - 1]) +
    (position.move === 'pass' ? 0 : 1))
}

async function stones(reader, {positions}) {
  const capture = firstCapture(positions)
  const last = positions.length - 1
  const looked = [0, 1, Math.floor(last / 2), last, ...(capture > 0 ? [capture - 1, capture] : [])]
  for (const move of looked) {
    await reader.slide(move)
    assert.strictEqual(await reader.stones(), stonesOf(positions[move]), `stones after move ${move}`)
    const {board} = positions[move]
    assert.strictEqual(await reader.count('#board .stones .stone.black'), board.split('X').length - 1)
  }
  if (capture > 0) console.log(`   move ${capture}, ${positions[capture].move}, takes stones`)
}

async function names(reader, {positions}) {
  await reader.press('Home')
  await reader.press('ArrowRight')
  const {move} = positions[1]
  assert((await reader.attribute('#board svg', 'aria-label')).includes(move))
  assert((await reader.text('#played')).includes(move))
  const nameless = await reader.page.$$eval('button', all =>
    all.filter(button => !(button.getAttribute('aria-label') || button.textContent).trim()).length)
  assert.strictEqual(nameless, 0)
}

async function mistakes(reader, {positions, mistakes}) {
  assert.strictEqual(await reader.count('#mistakes .diagram'), mistakes.length)
  for (const [order, move] of mistakes.entries()) {
    await reader.press('Home')
    await reader.click(`#mistakes .diagram:nth-child(${order + 1})`)
    await reader.expectMove(move)
    const caption = await reader.text(`#mistakes .diagram:nth-child(${order + 1}) .caption`)
    assert(caption.includes(`Move ${move}, `) && caption.includes(positions[move].move), caption)
  }
  await reader.press('Home')
  for (const move of [...positions.keys()].filter(i => isMistake(positions[i])).slice(0, 3)) {
    await reader.click('[data-mistake="1"]')
    await reader.expectMove(move)
  }
}

async function toggles(reader, {positions}) {
  await reader.slide(positions.findIndex(({best, ownership}) => best.length > 0 && /[a-iq-y]/.test(ownership)))
  for (const [button, layer] of [['#toggle-best', '.candidate'], ['#toggle-ownership', '.ownership rect']]) {
    const pressed = await reader.attribute(button, 'aria-pressed')
    assert.strictEqual((await reader.count(`#board ${layer}`)) > 0, pressed === 'true')
    await reader.click(button)
    assert.notStrictEqual(await reader.attribute(button, 'aria-pressed'), pressed)
    assert.strictEqual((await reader.count(`#board ${layer}`)) > 0, pressed === 'false')
    await reader.click(button)
  }
}

/// On the board and in the list; `best` has a variation of some moves.
async function variations(reader, {positions}) {
  const move = positions.findIndex(({best}) => best.length > 0 && best[0].move !== 'pass' && best[0].pv.length > 2)
  await reader.slide(move)
  const {pv} = positions[move].best[0]
  const numbers = new Set(pv.filter(vertex => vertex !== 'pass')).size
  assert.strictEqual(await reader.count('#board .variation'), 0)
  for (const selector of ['#board .candidate.first', '#best [data-order="0"]']) {
    await reader.page.hover(selector)
    assert.strictEqual(await reader.count('#board .variation .number'), numbers)
    assert.strictEqual(await reader.text('#board .variation .number'), '1')
    await reader.page.hover('h1')
    assert.strictEqual(await reader.count('#board .variation'), 0)
  }
  await reader.click('#best [data-order="0"] button')
  await reader.page.hover('h1')
  assert.strictEqual(await reader.count('#board .variation .number'), numbers, 'a click keeps the variation')
  await reader.press('ArrowRight')
  assert.strictEqual(await reader.count('#board .variation'), 0)
}

async function everyPosition(reader, {positions}) {
  await reader.press('Home')
  for (const [move, position] of positions.entries()) {
    assert.strictEqual(await reader.stones(), stonesOf(position))
    assert.strictEqual(await reader.count('#best tbody tr'), position.best.length, `best moves after ${move}`)
    await reader.press('ArrowRight')
  }
}

async function tapVariation(reader, {positions}) {
  const move = positions.findIndex(({best}) => best.length > 0 && best[0].move !== 'pass')
  await reader.slide(move)
  await reader.page.tap('#board .candidate.first')
  assert((await reader.count('#board .variation .number')) > 0, 'a tap shows the variation')
}

async function narrow(reader) {
  const width = await reader.page.evaluate(() => document.documentElement.scrollWidth)
  assert(width <= kPhone.width, `the page is ${width} wide`)
  const low = await reader.page.$$eval('.controls button', (all, least) =>
    all.filter(button => button.getBoundingClientRect().height < least).map(button => button.textContent), kSmallestButton)
  assert.deepStrictEqual(low, [])
}

async function hostileName(browser, file) {
  const html = fs.readFileSync(file, 'utf8')
  const hostile = path.join(path.dirname(path.resolve(file)), 'hostile.html')
  const data = dataOf(html)
  Object.assign(data, {black: kHostileName, whiteRank: kHostileName, event: kHostileName, file: kHostileName})
  data.positions[0].comment = kHostileName
  fs.writeFileSync(hostile, withData(html, data))
  const reader = await Reader.open(browser, hostile, kPhone)
  for (const selector of ['h1', 'header ul', '#comment', '#footer']) {
    assert((await reader.text(selector)).includes(kHostileName), selector)
  }
  assert.strictEqual(await reader.count('img'), 0)
  await narrow(reader)
  await reader.close()
}

async function check(name, run) {
  await run()
  console.log(`ok ${name}`)
}

async function run(browser, file) {
  const data = dataOf(fs.readFileSync(file, 'utf8'))
  const desktop = await Reader.open(browser, file, kDesktop)
  const checks = {buttons, keyboard, slider, address, graph, stones, names, mistakes, toggles, variations, everyPosition}
  for (const [name, body] of Object.entries(checks)) await check(name, () => body(desktop, data))
  await check('no request, no error, nothing on the console', () => desktop.close())
  const phone = await Reader.open(browser, file, kPhone, '#move=12')
  await check('fits a phone', () => narrow(phone))
  await check('taps', () => tapVariation(phone, data))
  await phone.close()
  await check('hostile names are text', () => hostileName(browser, file))
}

async function main() {
  const [file, executablePath] = process.argv.slice(2)
  const args = process.getuid && process.getuid() === 0 ? ['--no-sandbox'] : []
  const browser = await puppeteer.launch({executablePath, args})
  try {
    await run(browser, file)
  } finally {
    await browser.close()
  }
}

main().catch(problem => {
  console.error(problem)
  process.exit(1)
})
