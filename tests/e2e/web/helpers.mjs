// A server of `ponnuki web`, and what tests do on its page.
import {spawn} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

/// A server with a folder of its own.
export class Server {
  constructor(program, listen = '0', options = []) {
    this.program = program
    this.listen = listen
    this.options = options
    this.folder = mkdtempSync(join(tmpdir(), 'ponnuki-web-'))
  }

  /// On the port of the last start, if there was one.
  async start() {
    const listen = this.port ? String(this.port) : this.listen
    const begin = Date.now()
    this.process = spawn(this.program,
      ['web', '--no-browser', '--listen', listen, '--games', this.folder, '--threads', '2', ...this.options])
    this.errors = ''
    this.process.stderr.on('data', data => (this.errors += data))
    this.url = await new Promise((resolve, reject) => {
      this.process.stdout.on('data', data => resolve(String(data).split('\n')[0]))
      this.process.on('exit', code => reject(new Error(`the server ended with ${code}: ${this.errors}`)))
    })
    this.port = Number(new URL(this.url).port)
    this.startSeconds = (Date.now() - begin) / 1000
  }

  kill() {
    return new Promise(resolve => {
      this.process.removeAllListeners('exit')
      this.process.on('exit', resolve)
      this.process.kill('SIGKILL')
    })
  }

  async end() {
    await this.kill()
    rmSync(this.folder, {recursive: true})
  }
}

export function check(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`)
}

export const status = page => page.locator('.status').textContent()
export const waitForStatus = (page, text, timeout = 20000) =>
  page.waitForFunction(wanted => document.querySelector('.status')?.textContent.match(wanted), text, {timeout})
export const click = (page, vertex) => page.locator(`[data-vertex="${vertex}"]`).click()
export const stoneAt = (page, vertex) => page.locator(`[data-vertex="${vertex}"]`).getAttribute('aria-label')
export const press = (page, name) => page.getByRole('button', {name, exact: true}).click()
export const countStones = page => page.locator('.board svg > .stone:not(.ghost)').count()

/// Opens the page and starts a game by its dialog, with other choices than its defaults.
export async function newGame(page, {color = 'Black', level, rules, size} = {}) {
  const before = new URL(page.url()).hash
  await page.waitForSelector('dialog, .player') // without a game the dialog opens by itself
  if (!(await page.locator('dialog').count())) await page.locator('.top').getByRole('button', {name: 'New game'}).click()
  const dialog = page.locator('dialog')
  if (size) await dialog.getByLabel(`${size}×${size}`).check()
  await dialog.getByLabel(color, {exact: true}).check()
  if (level !== undefined) await dialog.getByLabel('Strength').selectOption(level)
  if (rules) await dialog.getByLabel('Rules').selectOption(rules)
  await dialog.getByRole('button', {name: 'Start'}).click()
  await page.waitForFunction(hash => location.hash !== hash && !document.querySelector('dialog'), before)
}

/// Drops a record on the page, as from a file manager: a text, or bytes.
export const drop = (page, record) => page.evaluate(contents => {
  const data = new DataTransfer()
  data.items.add(new File([typeof contents === 'string' ? contents : new Uint8Array(contents)], 'game.sgf'))
  document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true}))
}, typeof record === 'string' ? record : [...record])

/// Waits until the graph shows so many positions.
export const waitForGraph = (page, positions) => page.waitForFunction(
  wanted => (document.querySelector('.graph .lead')?.getAttribute('points') ?? '').split(' ').length >= wanted,
  positions, {timeout: 120000})

/// Opens a menu and chooses an entry.
export async function choose(page, menu, entry) {
  await page.locator('.menu summary').filter({hasText: menu}).click()
  await press(page, entry)
}

/// Saves the game by an entry of the menu; returns the file's name and bytes.
export async function saved(page, entry) {
  const [file] = await Promise.all([page.waitForEvent('download', {timeout: 60000}), choose(page, 'Save', entry)])
  return {name: file.suggestedFilename(), bytes: readFileSync(await file.path())}
}

/// The number of the move on the board.
export const waitForMove = (page, number) =>
  page.waitForFunction(wanted => document.querySelector('.navigation output')?.textContent === wanted, String(number))
