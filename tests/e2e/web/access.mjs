// The page for everybody: phones, keyboards, screen readers, languages; and not for strangers.
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {devices} from 'playwright-core'
import {Server, check, countStones, newGame, press, status, stoneAt, waitForStatus} from './helpers.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const tests = {
  async 'a phone: no scrolling sideways, two taps to play, small boards are enlarged first'({openPage}) {
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

  async 'keyboard only'({openPage}) {
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

  async 'all languages and both themes without serious findings of axe'({openPage}) {
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

  async 'other machines need the token'({openPage, program}) {
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
  },
}
