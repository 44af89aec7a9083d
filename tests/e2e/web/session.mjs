// A browser and a server for tests, and pages on which nothing may go wrong unnoticed.
import {chromium} from 'playwright-core'
import {Server} from './helpers.mjs'

export class Session {
  offences = [] // of the pages: errors, requests to other servers

  static async begin(program, executablePath) {
    const session = new Session()
    session.program = program
    session.browser = await chromium.launch({executablePath, args: ['--no-sandbox']})
    session.server = new Server(program)
    await session.server.start()
    return session
  }

  /// A page in a browser profile of its own.
  async openPage(options = {}, url = this.server.url) {
    const context = await this.browser.newContext({viewport: {width: 1280, height: 860}, locale: 'en-US', ...options})
    const page = await context.newPage()
    page.on('console', message => {
      // Chromium reports a lost connection as an error of the network, which some tests provoke.
      if (['error', 'warning'].includes(message.type()) && !/ERR_CONNECTION|WebSocket/.test(message.text()))
        this.offences.push(message.text())
    })
    page.on('pageerror', error => this.offences.push(error.message))
    page.on('request', request => {
      if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).host !== new URL(url).host)
        this.offences.push(`a request to ${request.url()}`)
    })
    await page.goto(url)
    return page
  }

  async closePages() {
    for (const context of this.browser.contexts()) await context.close()
  }

  async end() {
    await this.browser.close()
    await this.server.end()
  }
}
