// check.mjs PONNUKI CHROMIUM [PART_OF_NAME]: the page of `ponnuki web`, used like people do.
import {tests as access} from './access.mjs'
import {check} from './helpers.mjs'
import {tests as play} from './play.mjs'
import {tests as review} from './review.mjs'
import {Session} from './session.mjs'
import {tests as study} from './study.mjs'

const [program, browser, wanted] = process.argv.slice(2)
const session = await Session.begin(program, browser)
const tools = {...session, openPage: session.openPage.bind(session)}
let failed = 0
for (const [name, test] of Object.entries({...play, ...review, ...study, ...access})) {
  if (wanted && !name.includes(wanted)) continue
  session.offences.length = 0
  const begin = Date.now()
  try {
    await test(tools)
    check(session.offences.length === 0, session.offences.join('; '))
    console.log(`passed: ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`)
  } catch (error) {
    ++failed
    for (const page of session.browser.contexts().flatMap(context => context.pages()))
      await page.screenshot({path: `failed-${failed}.png`})
    const stack = String(error.stack).split('\n').filter(line => !line.includes('node_modules')).slice(0, 8)
    console.log(`FAILED: ${name}\n  ${stack.join('\n  ')}\n  ${session.offences.join('\n  ')}`)
  }
  await session.closePages()
}
await session.end()
process.exit(failed ? 1 : 0)
