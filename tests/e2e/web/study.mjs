// What students look at: the inside of the net, a training run, and mistakes of other days.
import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Server, check, drop, press, waitForGraph, waitForMove} from './helpers.mjs'

const RECORD = '(;SZ[9]KM[7];B[ee];W[ec];B[aa];W[ce];B[ai];W[gd];B[ia])'

export const tests = {
  async 'the inside of the net: planes, filters, and a layer that lies over the board'({openPage}) {
    const page = await openPage()
    await drop(page, RECORD)
    await waitForMove(page, 7)
    await press(page, 'Net')
    const channels = n => page.waitForFunction(count => document.querySelectorAll('.channel').length === count, n)
    await channels(22)
    const layer = page.getByLabel('Layer')
    await page.getByRole('button', {name: 'own stones'}).hover()
    await page.waitForFunction(() => document.querySelectorAll('.heat rect').length === 3) // White's, who is to move
    await page.keyboard.press('ArrowLeft')
    await waitForMove(page, 6)
    await page.waitForFunction(() => document.querySelectorAll('.heat rect').length === 3) // Black's now
    await layer.selectOption('filters')
    await page.waitForFunction(() => document.querySelectorAll('.channel').length > 22)
    check((await page.locator('.heat rect').count()) === 0, 'filters do not lie over the board')
    const first = (await layer.locator('option').allTextContents())[2]
    await layer.selectOption(first)
    await page.waitForFunction(() => /sees 3x3/.test(document.querySelector('.net').textContent))
    await page.locator('.channel').first().click()
    await page.waitForSelector('.heat rect')
    await press(page, 'Net')
    await page.waitForFunction(() => !document.querySelector('.heat') && document.querySelector('.player'))
  },

  async 'a training run that goes on while one looks'({openPage, program}) {
    const folder = mkdtempSync(join(tmpdir(), 'ponnuki-train-'))
    const train = cycles => execFileSync(program, ['train', '--dir', folder, '--size', '5', '--net', 'b1c8', '--games', '8',
      '--simulations', '4', '--threads', '2', '--match-every', '0', '--cycles', String(cycles)])
    train(2)
    const server = new Server(program, '0', ['--train', folder])
    await server.start()
    try {
      const page = await openPage({}, server.url)
      await page.waitForSelector('dialog')
      await page.keyboard.press('Escape')
      await press(page, 'Training')
      await page.waitForSelector('.u-wrap canvas')
      check((await page.locator('.training figure').count()) >= 5, 'there are several curves')
      const rows = async () => (await page.locator('.training pre').textContent()).trim().split('\n').length
      check((await rows()) === 3, 'the table has two cycles')
      train(3)
      await page.waitForFunction(() => document.querySelector('.training pre').textContent.trim().split('\n').length === 4)
      await page.locator('.training .games button').first().click()
      await page.waitForFunction(() => Number(document.querySelector('.navigation output')?.textContent) > 0)
      check((await page.locator('.player .name').first().textContent()).includes('Training'), 'its game is on the board')
    } finally {
      await server.end()
      rmSync(folder, {recursive: true})
    }
  },

  async 'mistakes of one\'s own come again on another day'({openPage, program}) {
    const server = new Server(program)
    await server.start()
    const page = await openPage({}, server.url)
    await drop(page, RECORD)
    await waitForGraph(page, 8)
    await page.getByRole('button', {name: /Try Black’s mistakes/}).click()
    await page.waitForSelector('.quiz')
    const answer = async () => {
      await page.locator('.cells .clickable').nth(30).click()
      await page.waitForFunction(() => /loses .* points/.test(document.querySelector('.quiz').textContent))
    }
    await answer()
    await page.locator('.quiz').getByRole('button', {name: 'Close'}).click()
    check((await page.getByRole('button', {name: /^Quiz: /}).count()) === 0, 'nothing is due today')
    const deck = join(server.folder, 'quiz.json')
    await page.waitForTimeout(500)
    const game = JSON.parse(readFileSync(deck, 'utf8')).cards[0].game
    await server.kill()
    writeFileSync(deck, readFileSync(deck, 'utf8').replaceAll(/"due": *"[^"]*"/g, '"due": "2026-01-01"'))
    await server.start()
    await page.waitForFunction(() => !document.querySelector('.notice'), null, {timeout: 15000})
    await drop(page, '(;SZ[9];B[ee])') // another game is on the board
    await waitForMove(page, 1)
    await page.getByRole('button', {name: /^Quiz: 1/}).click()
    await page.waitForFunction(wanted => location.hash === `#game=${wanted}` && /Find a better/.test(document.querySelector('.quiz')?.textContent ?? ''), game)
    await answer()
    await press(page, 'Do not ask again')
    await page.waitForFunction(() => !document.querySelector('.quiz'))
    check((await page.getByRole('button', {name: /^Quiz: /}).count()) === 0, 'it will not come again')
    await page.close()
    await server.end()
  },
}
