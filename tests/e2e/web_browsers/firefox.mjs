// Firefox without a window, by WebDriver BiDi.
import {launch} from 'puppeteer-core'
import {watchErrors} from './watch_errors.mjs'

export async function openFirefox(executablePath) {
  const browser = await launch({browser: 'firefox', executablePath})
  const [page] = await browser.pages()
  await page.evaluateOnNewDocument(watchErrors)
  return {
    name: (await browser.version()).replace('firefox/', 'Firefox '),
    open: url => page.goto(url),
    evaluate: (code, ...args) => page.evaluate(code, ...args),
    resize: (width, height) => page.setViewport({width, height}),
    screenshot: path => page.screenshot({path}),
    close: () => browser.close(),
  }
}
