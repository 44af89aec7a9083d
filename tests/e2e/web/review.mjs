// Records on the page: dropped, analysed, reviewed, changed, saved.
import {gzipSync} from 'node:zlib'
import {
  check, choose, click, countStones, drop, newGame, press, saved, stoneAt, waitForGraph, waitForMove, waitForStatus,
} from './helpers.mjs'

/// A record of moves that no stone captures, as many as 320 on 19×19: Black fills the left side, White
/// the right one, in an order of little sense.
function longRecord(moves) {
  const letters = 'abcdefghijklmnopqrs'
  const points = [...Array(160).keys()].map(i => (i * 37) % 160)
  const body = [...Array(moves).keys()].map(i => {
    const point = points[Math.floor(i / 2)]
    const [x, y] = [Math.floor(point / 19), point % 19]
    return i % 2 ? `;W[${letters[18 - x]}${letters[y]}]` : `;B[${letters[x]}${letters[y]}]`
  })
  return `(;SZ[19]KM[6.5]RU[Japanese]PB[Left]PW[Right]RE[B+2.5]${body.join('')})`
}

export const tests = {
  async 'a record of 300 moves: its graph is complete, mistakes are listed, variations are added'({openPage}) {
    const page = await openPage()
    await page.keyboard.press('Escape')
    await drop(page, longRecord(300))
    const begin = Date.now()
    await page.waitForSelector('.graph svg')
    await waitForGraph(page, 301)
    console.log(`    graph of 301 positions ${((Date.now() - begin) / 1000).toFixed(1)} s after the drop`)
    await page.waitForSelector('.mistakes li')
    check((await page.locator('.mistakes li').count()) > 0, 'mistakes are listed')
    await page.keyboard.press('Home')
    for (let i = 0; i < 10; ++i) await page.keyboard.press('ArrowRight')
    await waitForMove(page, 10)
    await page.keyboard.press('m')
    await page.waitForFunction(() => document.querySelector('.navigation output').textContent !== '10')
    await page.keyboard.press('End')
    await waitForMove(page, 300)
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
    for (const [entry, ending] of [['Record (SGF)', '.sgf'], ['Record with analysis', '.analyzed.sgf'], ['Report (HTML)', '.html']]) {
      const {name} = await saved(page, entry)
      check(name.endsWith(ending), `${entry} is saved as ${name}`)
    }
    await press(page, 'Hide all hints')
    check((await page.locator('.searches, .graph, .candidates, .mistakes').count()) === 0, 'all hints are hidden')
  },

  async 'a quiz of one\'s own mistakes, without spoilers'({openPage}) {
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

  async 'what is no record is said, and nothing is lost'({openPage}) {
    const page = await openPage()
    await newGame(page)
    await click(page, 'E5')
    await waitForStatus(page, /^White .*Your move/)
    const stones = await countStones(page)
    await drop(page, 'this is no record')
    await page.waitForSelector('.notice.problem')
    check((await countStones(page)) === stones, 'the game is still there')
  },

  async 'the review: sums and all moves; the net alone; a tree whose variation becomes the main line'({openPage}) {
    const page = await openPage()
    await drop(page, longRecord(20))
    await waitForGraph(page, 21)
    await page.waitForSelector('.sums')
    check(/Best moves\d+ %\d+ %/.test(await page.locator('.sums').textContent()), 'there are sums')
    await page.locator('.all-moves summary').click()
    check((await page.locator('.all-moves tbody tr').count()) === 20, 'all moves are listed')
    await page.locator('.all-moves tbody tr').nth(4).click()
    await waitForMove(page, 5)
    check((await page.locator('.tree').count()) === 0, 'without variations there is no tree')
    await click(page, 'K10')
    await waitForMove(page, 6)
    await page.waitForSelector('.tree circle.here')
    await choose(page, 'Edit', 'Make main line')
    await page.waitForFunction(() => { // the main line is the first row of the picture
      const row = selector => document.querySelector(selector).cy.baseVal.value
      return row('.tree circle.here') === row('.tree circle')
    })
    check((await page.locator('.all-moves tbody tr').count()) === 6, 'the moves of the new main line are listed')
    await page.locator('.tree circle').nth(3).click()
    await waitForMove(page, 3)
    await press(page, 'Analyse')
    await page.getByLabel('Net alone').check()
    await page.waitForSelector('.policy rect')
  },

  async 'stones are set up on a copy of the position'({openPage}) {
    const page = await openPage()
    await drop(page, '(;SZ[9];B[ee];W[cc])')
    await waitForMove(page, 2)
    const before = page.url()
    await choose(page, 'Edit', 'Set up stones')
    await page.waitForFunction(url => location.href !== url, before)
    await page.getByLabel('white stone', {exact: true}).check()
    await click(page, 'G3')
    await page.waitForFunction(() => document.querySelectorAll('.board svg > .stone').length === 3)
    await page.getByLabel('take away').check()
    await click(page, 'E5')
    await page.waitForFunction(() => document.querySelectorAll('.board svg > .stone').length === 2)
    await page.getByLabel('White to play').check()
    await press(page, 'Done')
    await waitForStatus(page, 'White to play')
    await click(page, 'E5')
    await waitForMove(page, 1)
    check((await stoneAt(page, 'E5')).includes('white'), 'the game goes on from the position')
  },

  async 'pictures of the position and of the game, and a page to print'({openPage}) {
    const page = await openPage()
    await drop(page, longRecord(30))
    await waitForGraph(page, 31)
    const png = await saved(page, 'Picture (PNG)')
    check(png.name.endsWith('-30.png') && png.bytes.subarray(1, 4).toString() === 'PNG', `a PNG: ${png.name}`)
    check(png.bytes.readUInt32BE(16) > 1000, 'it is large enough to print')
    const gif = await saved(page, 'Animation (GIF)')
    check(gif.name.endsWith('.gif') && gif.bytes.subarray(0, 6).toString() === 'GIF89a', `a GIF: ${gif.name}`)
    const frames = gif.bytes.toString('latin1').split('\x21\xf9\x04').length - 1 // graphic control extensions
    check(frames === 31, `a picture for each position: ${frames}`)
    await page.emulateMedia({media: 'print'})
    check(!(await page.locator('.top').isVisible()) && (await page.locator('.board').isVisible()), 'the print shows the board alone')
  },

  async 'records of any character set, of servers, and packed ones'({openPage}) {
    const page = await openPage()
    const names = () => page.locator('.player .name').allTextContents()
    const gb18030 = Buffer.from('KDtTWls5XVBCW7raXVBXW7DXXTtCW2VlXSk=', 'base64') // 黑 against 白
    await drop(page, gb18030)
    await waitForMove(page, 1)
    check((await names()).join().includes('黑'), `names in GB18030: ${await names()}`)
    await drop(page, gzipSync('(;SZ[9]PB[Ann]PW[Ben];B[ee];W[cc])'))
    await waitForMove(page, 2)
    check((await names()).join().includes('Ann'), `a record packed by gzip: ${await names()}`)
  },
}
