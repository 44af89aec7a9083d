// WebKit's MiniBrowser on a screen of its own, by WebKitWebDriver: https://www.w3.org/TR/webdriver2/
import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import {setTimeout as sleep} from 'node:timers/promises'
import {openFront} from './front.mjs'
import {watchErrors} from './watch_errors.mjs'

/// Starts a program, with all that it starts, in a process group that ends with this program at the latest.
function start(program, args, options) {
  const child = spawn(program, args, {detached: true, ...options})
  const end = () => {
    try {
      process.kill(-child.pid)
    } catch {
      // it has ended already
    }
  }
  process.on('exit', end)
  return {child, end}
}

async function startScreen() {
  const args = ['-displayfd', '1', '-screen', '0', '1400x1000x24']
  const screen = start('Xvfb', args, {stdio: ['ignore', 'pipe', 'ignore']})
  const [number] = await once(screen.child.stdout, 'data')
  return {...screen, display: `:${String(number).trim()}`}
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const {port} = server.address()
  server.close()
  return port
}

export async function openWebKit(minibrowser) {
  const screen = await startScreen()
  const env = {...process.env, DISPLAY: screen.display, GDK_BACKEND: 'x11'}
  const port = await freePort()
  const driver = start('WebKitWebDriver', [`--port=${port}`], {env, stdio: 'ignore'})

  async function command(method, path, body) {
    const options = {method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(60000)}
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, options)
    const {value} = await answer.json()
    if (!answer.ok) throw new Error(`${path}: ${value.error}: ${value.message}`)
    return value
  }
  for (let i = 0; i < 100 && !(await command('GET', '/status').catch(() => null)); ++i) await sleep(100)
  const browserOptions = {binary: minibrowser, args: ['--automation']}
  const {sessionId, capabilities} = await command('POST', '/session',
    {capabilities: {alwaysMatch: {'webkitgtk:browserOptions': browserOptions}}})
  const session = `/session/${sessionId}`
  const evaluate = (code, ...args) =>
    command('POST', `${session}/execute/sync`, {script: `return (${code}).apply(null, arguments)`, args})
  let front
  return {
    name: `WebKit ${capabilities.browserVersion}`,
    async open(url) {
      front ??= await openFront(url, watchErrors)
      await command('POST', `${session}/url`, {url: front})
    },
    evaluate,
    resize: (width, height) => command('POST', `${session}/window/rect`, {width, height}),
    screenshot: async path => writeFileSync(path, Buffer.from(await command('GET', `${session}/screenshot`), 'base64')),
    async close() {
      await command('DELETE', session)
      driver.end()
      screen.end()
    },
  }
}
