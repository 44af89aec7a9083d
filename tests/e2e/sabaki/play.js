// A whole game through @sabaki/gtp, the library with which Sabaki drives engines: handshake, handicap,
// live analysis, undo, a game to its end, score, quit.
//
//   node play.js PONNUKI
'use strict'
const assert = require('assert')
const {Controller, ControllerStateTracker} = require('@sabaki/gtp')

const kMostMoves = 300
const kGame = {komi: 0.5, boardsize: [9, 9]}
const kHandicap = {name: 'set_free_handicap', args: ['G7', 'C3']}

const play = (color, vertex) => ({name: 'play', args: [color, vertex]})
const opponent = color => (color === 'B' ? 'W' : 'B')

/// What Sabaki 0.60 makes of a line of `analyze`.
function parseAnalysis(line) {
  return line
    .split(/\s*info\s+/)
    .slice(1)
    .map(part => part.trim())
    .map(part => {
      const match = part.match(/(pass|[A-Za-z]\d+)(\s+(pass|[A-Za-z]\d+))*\s*$/)
      assert(match, `no variation at the end of '${part}'`)
      const keys = part.slice(0, match.index).trim().split(/\s+/).slice(0, -1)
      const info = {pv: match[0].trim().split(/\s+/)}
      for (let i = 0; i < keys.length; i += 2) info[keys[i]] = keys[i + 1]
      return info
    })
}

class Session {
  constructor(ponnuki) {
    const args = ['gtp', '--net', 'none', '--visits', '30', '--threads', '2', '--no-resign']
    this.controller = new Controller(ponnuki, args)
    this.tracker = new ControllerStateTracker(this.controller)
    this.stderr = []
    this.controller.on('stderr', ({content}) => this.stderr.push(content))
    this.controller.start()
    this.exitCode = new Promise(resolve => this.controller.process.once('exit', resolve))
  }
  async ask(name, ...args) {
    const response = await this.controller.sendCommand({name, args})
    assert(!response.error, `${name} ${args.join(' ')}: ${response.content}`)
    return response.content
  }
  async stones(color) {
    const text = (await this.ask('list_stones', color)).trim()
    return text === '' ? [] : text.split(/\s+/)
  }
  sync(history) {
    return this.tracker.sync({...kGame, history})
  }
}

async function handshake(session) {
  const names = ['name', 'version', 'protocol_version', 'list_commands']
  const [name, version, protocol, commands] = await Promise.all(names.map(n => session.ask(n)))
  assert.strictEqual(name, 'Ponnuki')
  assert.match(version, /^\d+\.\d+\.\d+$/)
  assert.strictEqual(protocol, '2')
  for (const needed of ['analyze', 'genmove_analyze', 'undo', 'set_free_handicap']) {
    assert(commands.split('\n').includes(needed), needed)
  }
}

async function handicap(session) {
  await session.sync([kHandicap, play('W', 'E5')])
  assert.deepStrictEqual((await session.stones('b')).sort(), ['C3', 'G7'])
  assert.deepStrictEqual(await session.stones('w'), ['E5'])
  assert.strictEqual(await session.ask('get_komi'), '0.5')
}

/// Three lines of live analysis; then any command ends it.
async function analysis(session) {
  let lines = 0
  let stopped = null
  await session.controller.sendCommand({name: 'analyze', args: ['B', '5']}, ({line}) => {
    if (!line.startsWith('info ')) return
    for (const info of parseAnalysis(line)) {
      assert.strictEqual(info.pv[0], info.move)
      assert.match(info.winrate, /^\d+$/)
      assert.match(info.scoreLead, /^-?\d+\.\d+$/)
    }
    if (++lines === 3) stopped = session.ask('protocol_version')
  })
  assert(lines >= 3)
  assert.strictEqual(await stopped, '2')
}

async function undo(session) {
  const history = [kHandicap, play('W', 'E5'), play('B', 'C5'), play('W', 'C4')]
  await session.sync(history)
  await session.sync(history.slice(0, 3))  // by undo
  assert.deepStrictEqual(await session.stones('w'), ['E5'])
  await session.sync(history.slice(0, 2))
  assert.deepStrictEqual((await session.stones('b')).sort(), ['C3', 'G7'])
  const failed = await session.controller.sendCommand({name: 'undo', args: []})
  assert(!failed.error)  // the white stone
  const handicapStays = await session.controller.sendCommand({name: 'undo', args: []})
  assert(handicapStays.error)
}

async function wholeGame(session) {
  await session.ask('clear_board')
  await session.sync([kHandicap])
  let color = 'W'
  let passes = 0
  let moves = 0
  while (passes < 2 && moves < kMostMoves) {
    let move = null
    await session.controller.sendCommand({name: 'genmove_analyze', args: [color, '20']}, ({line}) => {
      const match = line.trim().match(/^play\s+(.*)$/)
      if (match) move = match[1]
    })
    assert.match(move, /^(pass|[A-HJ][1-9])$/)
    passes = move === 'pass' ? passes + 1 : 0
    color = opponent(color)
    ++moves
  }
  assert.strictEqual(passes, 2, 'the game has ended')
  // The library has kept count of the same moves.
  assert.strictEqual(session.tracker.state.history.length, moves + 1)
  assert.match(await session.ask('final_score'), /^([BW]\+\d+(\.5)?|0)$/)
  await session.ask('final_status_list', 'dead')
  console.log(await session.ask('showboard'))
  console.log(`${moves} moves, ${await session.ask('final_score')}`)
}

async function main() {
  const session = new Session(process.argv[2])
  await handshake(session)
  await handicap(session)
  await analysis(session)
  await undo(session)
  await wholeGame(session)
  assert(session.stderr.some(line => line.includes('GTP ready')))
  await session.controller.stop()
  assert.strictEqual(await session.exitCode, 0)
}

main().catch(problem => {
  console.error(problem)
  process.exit(1)
})
