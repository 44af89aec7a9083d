// Playing on the page, and learning while one plays.
import {readFileSync, renameSync} from 'node:fs'
import {join} from 'node:path'
import {check, click, countStones, newGame, press, status, stoneAt, waitForStatus} from './helpers.mjs'

export const tests = {
  async 'a game of 9x9: both pass, dead stones are marked, the score stands'({openPage}) {
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

  async 'the engine answers, and undo works while it thinks'({openPage}) {
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

  async 'teaching takes a bad move back and shows why, and a person may insist'({openPage}) {
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

  async 'hints come in three steps, and end with the next move'({openPage}) {
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

  async 'reload in mid-game, two tabs, and a server that is killed and comes back'({openPage, server}) {
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

  async 'teaching by winrate, an estimate, and a board of one\'s own size'({openPage}) {
    const page = await openPage()
    await page.waitForSelector('dialog')
    const dialog = page.locator('dialog')
    await dialog.getByLabel('Other').check()
    for (const [side, points] of [['Width', '7'], ['Height', '6']]) {
      await dialog.getByLabel(side).fill(points)
      await page.keyboard.press('Tab')
    }
    await dialog.getByLabel('Take back mistakes').selectOption('10%')
    await newGame(page, {level: '5k'})
    check((await page.locator('[role=gridcell]').count()) === 42, 'the board has 7×6 points')
    await click(page, 'A1')
    await page.waitForFunction(() => /A1 would lose .* % of winrate/.test(document.querySelector('.quiz')?.textContent ?? ''))
    await press(page, 'Estimate')
    await page.waitForFunction(() => /Estimate: [BW]\+/.test(document.querySelector('.estimate')?.textContent ?? ''))
    check((await page.locator('.ownership rect').count()) > 0, 'the owners are shown')
    check((await page.locator('.candidates').count()) === 0, 'no move is shown')
    await click(page, 'D3')
    await waitForStatus(page, /^White .*Your move/)
    check((await page.locator('.estimate').count()) === 0, 'the estimate was for one position')
  },

  async 'a folder that takes no files: one line says so, the game goes on, and is stored later'({openPage, server}) {
    const page = await openPage()
    await newGame(page, {color: 'Both'})
    const id = new URL(page.url()).hash.slice('#game='.length)
    renameSync(server.folder, `${server.folder}-away`)
    try {
      await click(page, 'E5')
      await waitForStatus(page, 'White to play')
      await page.waitForSelector('.notice.problem')
      check((await page.locator('.notice.problem').count()) === 1, 'there is one line')
    } finally {
      renameSync(`${server.folder}-away`, server.folder)
    }
    await click(page, 'C3')
    await waitForStatus(page, 'Black to play')
    check(readFileSync(join(server.folder, `${id}.sgf`), 'utf8').includes(';B[ee];W[cg]'), 'both moves are stored')
  },
}
