// check.mjs PONNUKI CHROMIUM: the page of `ponnuki web`, used like people do.
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {chromium, devices} from 'playwright-core'
import {Server, check, click, countStones, drop, newGame, press, status, stoneAt, waitForMove, waitForStatus} from './helpers.mjs'

const [program, executablePath] = process.argv.slice(2)
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const browser = await chromium.launch({executablePath, args: ['--no-sandbox']})
const server = new Server(program)
await server.start()

/// A page in a browser profile of its own. What it must never do is noted: errors, outside requests.
const offences = []
async function openPage(options = {}, url = server.url) {
  const context = await browser.newContext({viewport: {width: 1280, height: 860}, locale: 'en-US', ...options})
  const page = await context.newPage()
  page.on('console', message => {
    // Chromium reports a lost connection as an error of the network, which some tests provoke.
    if (['error', 'warning'].includes(message.type()) && !/ERR_CONNECTION|WebSocket/.test(message.text()))
      offences.push(message.text())
  })
  page.on('pageerror', error => offences.push(error.message))
  page.on('request', request => {
    if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).host !== new URL(url).host)
      offences.push(`a request to ${request.url()}`)
  })
  await page.goto(url)
  return page
}

/// A record of random moves that no stone captures: every second point.
function longRecord(moves) {
  const letters = 'abcdefghijklmnopqrs'
  const points = [...Array(361).keys()].filter(i => i % 2 === 0).map(i => letters[i % 19] + letters[Math.floor(i / 19)])
  const body = [...Array(moves).keys()].map(i => {
    const color = i % 2 ? 'W' : 'B'
    return i < points.length ? `;${color}[${points[(i * 37) % points.length]}]` : `;${color}[]`
  })
  return `(;SZ[19]KM[6.5]RU[Japanese]PB[Left]PW[Right]RE[B+2.5]${body.join('')})`
}

const tests = {
  async 'a game of 9x9: both pass, dead stones are marked, the score stands'() {
    const page = await openPage()
    await newGame(page, {color: 'Both', rules: 'japanese'})
    for (let row = 1; row <= 9; ++row) {
      await click(page, `E${row}`)
      await page.waitForFunction(n => document.querySelectorAll('.board svg > .stone:not(.ghost)').length >= n, 2 * row - 1)
      await click(page, `F${row}`)
      await page.waitForFunction(n => document.querySelectorAll('.board svg > .stone:not(.ghost)').length >= n, 2 * row)
    }
    await click(page, 'D5')
    await waitForStatus(page, /^Black D5.*White to play/)
    await click(page, 'B5')
    await waitForStatus(page, /^White B5.*Black to play/)
    await press(page, 'Pass')
    await waitForStatus(page, 'Black passed')
    await press(page, 'Pass')
    await waitForStatus(page, 'Tap dead stones')
    check((await stoneAt(page, 'B5')).includes('dead'), 'the stone at B5 is dead')
    // Black: 35 points around, less the move inside, and the dead stone twice; White: 27 and komi 6.
    check((await status(page)).includes('B+'), 'Black is ahead')
    const before = await status(page)
    await click(page, 'B5')
    await page.waitForFunction(old => document.querySelector('.status').textContent !== old, before)
    check(!(await stoneAt(page, 'B5')).includes('dead'), 'the stone at B5 lives after a tap')
    await click(page, 'B5')
    await page.waitForFunction(old => document.querySelector('.status').textContent === old, before)
    await press(page, 'Accept')
    await waitForStatus(page, /^Black wins by /)
  },

  async 'the engine answers, and undo works while it thinks'() {
    const page = await openPage()
    const begin = Date.now()
    await newGame(page, {level: '10k'})
    await click(page, 'E5')
    await waitForStatus(page, /^White .*Your move/)
    console.log(`    first move ${((Date.now() - begin) / 1000).toFixed(1)} s after Start`)
    check((await countStones(page)) === 2, 'both stones are on the board')
    await newGame(page, {level: ''}) // five seconds a move
    await click(page, 'E5')
    await waitForStatus(page, 'Ponnuki is thinking')
    await page.evaluate(() => {
      window.mostStones = 0
      new MutationObserver(() => {
        window.mostStones = Math.max(window.mostStones, document.querySelectorAll('.board svg > .stone:not(.ghost)').length)
      }).observe(document.querySelector('.board'), {subtree: true, childList: true})
    })
    await press(page, 'Undo')
    await page.waitForFunction(() => document.querySelectorAll('.board svg > .stone:not(.ghost)').length === 0)
    check((await page.evaluate(() => window.mostStones)) < 2, 'the undo did not wait for the engine’s move')
    await page.waitForTimeout(1500)
    check((await countStones(page)) === 0, 'the move that was thought about does not come')
    await click(page, 'C3')
    await waitForStatus(page, 'Your move')
    await press(page, 'Resign')
    await waitForStatus(page, 'White wins by resignation')
  },

  async 'a record of 300 moves: its graph is complete, mistakes are listed, variations are added'() {
    const page = await openPage()
    await page.keyboard.press('Escape')
    await drop(page, longRecord(180))
    const begin = Date.now()
    await page.waitForSelector('.graph svg')
    await page.waitForFunction(() => (document.querySelector('.graph .lead')?.getAttribute('points') ?? '').split(' ').length > 180,
      null, {timeout: 120000})
    console.log(`    graph of 181 positions ${((Date.now() - begin) / 1000).toFixed(1)} s after the drop`)
    check((await page.locator('.mistakes li').count()) > 0, 'mistakes are listed')
    await page.keyboard.press('Home')
    for (let i = 0; i < 10; ++i) await page.keyboard.press('ArrowRight')
    await waitForMove(page, 10)
    await page.keyboard.press('m')
    await page.waitForFunction(() => document.querySelector('.navigation output').textContent !== '10')
    await page.keyboard.press('End')
    await waitForMove(page, 180)
    await page.keyboard.press('Home')
    await waitForMove(page, 0)
    await click(page, 'K10')
    await waitForMove(page, 1)
    await page.keyboard.press('ArrowLeft')
    await page.waitForSelector('.branches')
    await press(page, 'Analyse')
    await page.waitForSelector('.searches tbody tr')
    await page.locator('.searches tbody tr').first().hover()
    await page.waitForSelector('.preview .stone')
    for (const [name, ending] of [['Record (SGF)', '.sgf'], ['Record with analysis', '.analyzed.sgf'], ['Report (HTML)', '.html']]) {
      if (!(await page.locator('.menu[open]').count())) await page.locator('.menu summary').click()
      const [file] = await Promise.all([page.waitForEvent('download'), press(page, name)])
      check(file.suggestedFilename().endsWith(ending), `${name} is saved as ${file.suggestedFilename()}`)
    }
    await press(page, 'Hide all hints')
    check((await page.locator('.searches, .graph, .candidates, .mistakes').count()) === 0, 'all hints are hidden')
  },

  async 'teaching takes a bad move back and shows why, and a person may insist'() {
    const page = await openPage()
    await page.waitForSelector('dialog')
    await page.locator('dialog').getByLabel('Take back mistakes').selectOption('4')
    await newGame(page, {level: '5k'})
    await click(page, 'A1')
    await page.waitForFunction(() => /A1 would lose/.test(document.querySelector('.quiz')?.textContent ?? ''))
    check((await countStones(page)) === 0, 'the stone is gone')
    await press(page, 'Show why')
    await page.waitForSelector('.preview .stone')
    await press(page, 'Play it anyway')
    await waitForStatus(page, /^White .*Your move/)
    check((await stoneAt(page, 'A1')).includes('black'), 'the stone stays now')
  },

  async 'hints come in three steps, and end with the next move'() {
    const page = await openPage()
    await newGame(page)
    const hinted = n => page.waitForFunction(count => document.querySelectorAll('.hinted rect').length === count, n)
    await press(page, 'Hint')
    await hinted(1)
    const area = Number(await page.locator('.hinted rect').getAttribute('width'))
    check(area >= 3, 'the first hint is an area')
    await press(page, 'Show more')
    await hinted(3)
    await press(page, 'Show more')
    await hinted(1)
    check(Number(await page.locator('.hinted rect').getAttribute('width')) < 1, 'the last hint is a point')
    check((await page.locator('.candidates, .searches').count()) === 0, 'the search itself is not shown')
    await click(page, 'E5')
    await hinted(0)
  },

  async 'a quiz of one\'s own mistakes, without spoilers'() {
    const page = await openPage()
    await drop(page, longRecord(60))
    await page.waitForSelector('.mistakes li', {timeout: 60000})
    await page.getByRole('button', {name: /Try Black’s mistakes/}).click()
    await page.waitForSelector('.quiz')
    check((await page.locator('.graph, .mistakes, .navigation, .candidates').count()) === 0, 'nothing shows the answer')
    check((await page.locator('.quiz').textContent()).includes('Find a better move for Black'), 'Black is asked')
    await page.locator('.cells .clickable').nth(30).click()
    await page.waitForFunction(() => /loses .* points/.test(document.querySelector('.quiz').textContent))
    await press(page, 'Try again')
    await page.waitForFunction(() => /Find a better move/.test(document.querySelector('.quiz').textContent))
    await press(page, 'Next')
    await page.waitForFunction(() => /Mistake 2/.test(document.querySelector('.quiz').textContent))
    await page.locator('.quiz').getByRole('button', {name: 'Close'}).click()
    await page.waitForSelector('.graph')
  },

  async 'what is no record is said, and nothing is lost'() {
    const page = await openPage()
    await newGame(page)
    await click(page, 'E5')
    await waitForStatus(page, /^White .*Your move/)
    const stones = await countStones(page)
    await drop(page, 'this is no record')
    await page.waitForSelector('.notice.problem')
    check((await countStones(page)) === stones, 'the game is still there')
  },

  async 'reload in mid-game, two tabs, and a server that is killed and comes back'() {
    const page = await openPage()
    await newGame(page, {color: 'Both'})
    await click(page, 'E5')
    await waitForStatus(page, 'White to play')
    await page.reload()
    await waitForStatus(page, 'White to play')
    const other = await page.context().newPage()
    await other.goto(page.url())
    await waitForStatus(other, 'White to play')
    await click(other, 'C3')
    await waitForStatus(page, 'Black to play')
    check((await stoneAt(page, 'C3')).includes('white'), 'the first tab shows the move of the second')
    await server.kill()
    await page.waitForSelector('.notice')
    await server.start()
    await page.waitForFunction(() => !document.querySelector('.notice'), null, {timeout: 15000})
    await click(page, 'G7')
    await waitForStatus(page, 'White to play')
    check((await countStones(page)) === 3, 'the game went on')
  },

  async 'a phone: no scrolling sideways, two taps to play, small boards are enlarged first'() {
    const page = await openPage({...devices['iPhone 13'], viewport: {width: 320, height: 640}})
    await newGame(page, {color: 'Both', size: 19})
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    check(overflow <= 0, `no part is wider than 320 pixels (${overflow} more)`)
    await page.locator('[data-vertex="D4"]').tap()
    check((await countStones(page)) === 1 && (await status(page)).includes('Black to play'), 'the first tap only asks')
    await page.waitForFunction(() => document.querySelector('.zoomed').style.transform === 'scale(2)')
    await page.locator('[data-vertex="D4"]').tap()
    await waitForStatus(page, 'White to play')
  },

  async 'keyboard only'() {
    const page = await openPage()
    await page.waitForSelector('dialog')
    await page.keyboard.press('Enter') // Start has the focus
    await page.waitForFunction(() => !document.querySelector('dialog') && document.querySelector('.player'))
    for (let i = 0; i < 30 && !(await page.evaluate(() => document.activeElement?.matches('[role=gridcell]'))); ++i)
      await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await waitForStatus(page, /^White .*Your move/)
    check((await stoneAt(page, 'F6')).includes('black'), 'the stone is at F6')
    await page.keyboard.press('u')
    await page.waitForFunction(() => document.querySelectorAll('.board svg > .stone:not(.ghost)').length === 0)
    await page.keyboard.press('?')
    await page.waitForSelector('dialog .keys')
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => !document.querySelector('dialog'))
  },

  async 'all languages and both themes without serious findings of axe'() {
    const page = await openPage()
    await newGame(page, {color: 'Both'})
    await press(page, 'Analyse')
    await page.waitForSelector('.searches tbody tr')
    await page.evaluate(axe)
    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({colorScheme: scheme})
      const {violations} = await page.evaluate(() => window.axe.run())
      const serious = violations.filter(each => ['serious', 'critical'].includes(each.impact))
      check(serious.length === 0, `${scheme}: ${serious.map(each => `${each.id} ${each.nodes[0].html}`).join('; ')}`)
    }
    await press(page, 'Settings')
    for (const [id, word] of [['zh-Hans', '新对局'], ['zh-Hant', '新對局'], ['ja', '新しい対局'], ['ko', '새 대국']]) {
      await page.locator('dialog select').first().selectOption(id)
      await page.waitForFunction(text => document.querySelector('.top nav').textContent.includes(text), word)
      check((await page.evaluate(() => document.documentElement.lang)) === id, `the page says that it is ${id}`)
    }
  },
}

tests['other machines need the token'] = async () => {
  const open = new Server(program, '0.0.0.0:0')
  await open.start()
  try {
    const url = new URL(open.url)
    check(url.searchParams.get('token')?.length === 32 && url.hostname !== '0.0.0.0', `an address with a token: ${open.url}`)
    const get = (path, cookie) =>
      fetch(`http://127.0.0.1:${open.port}${path}`, {redirect: 'manual', headers: cookie ? {cookie} : {}})
    for (const path of ['/', '/app.js', '/?token=', '/?token=00000000000000000000000000000000'])
      check((await get(path)).status === 401, `nothing is served for ${path}`)
    const welcome = await get(url.pathname + url.search)
    check(welcome.status === 303, 'the token opens the page')
    const cookie = welcome.headers.get('set-cookie').split(';')[0]
    check((await get('/', cookie)).status === 200, 'its cookie keeps it open')
    const page = await openPage({}, `http://127.0.0.1:${open.port}/${url.search}`)
    await newGame(page, {color: 'Both'})
  } finally {
    await open.end()
  }
}

const wanted = process.argv[4]
let failed = 0
for (const [name, test] of Object.entries(tests)) {
  if (wanted && !name.includes(wanted)) continue
  offences.length = 0
  const begin = Date.now()
  try {
    await test()
    check(offences.length === 0, offences.join('; '))
    console.log(`passed: ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`)
  } catch (error) {
    ++failed
    for (const page of browser.contexts().flatMap(context => context.pages()))
      await page.screenshot({path: `failed-${failed}.png`})
    console.log(`FAILED: ${name}\n  ${String(error.stack).split('\n').filter(line => !line.includes('node_modules')).slice(0, 8).join('\n  ')}\n  ${offences.join('\n  ')}`)
  }
  for (const context of browser.contexts()) await context.close()
}
await browser.close()
await server.end()
process.exit(failed ? 1 : 0)
