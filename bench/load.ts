/**
 * The e-mail workflow under load: `npm run load [-- --minutes 10 --runs 50 --json FILE]`; `--minutes 480` is the soak.
 *
 * So many runs of the example `outreach` are kept in flight over a host as `npm start` starts it, with its executor processes, a
 * real store and an SMTP server on loopback. Each question is answered over the API, as a person would answer it. The server counts the
 * mails, and not the host. Exit code 1 where a goal is missed.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { misbehavingServer } from '../src/effects/smtp/misbehaving-server.fixture.ts'
import { programFolder } from '../src/host/program.ts'
import { createExample } from '../src/host/workspace/create.ts'
import { layoutOf } from '../src/host/workspace/layout.ts'
import { HostProcess } from '../test/crash/killed-host.ts'
import { Dice } from '../test/simulation/dice.ts'
import { letters } from './load/letters.ts'
import { MemoryWatch } from './load/memory.ts'
import { answerQuestions } from './load/person.ts'
import { report } from './load/report.ts'
import { keepInFlight } from './load/runs-in-flight.ts'
import { alarms, damages } from './load/verify.ts'
import { inLines } from './store/tables.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    runs: { type: 'string', default: '50' },
    json: { type: 'string', default: join(programFolder, 'out', 'bench', 'load.json') },
  },
})
const [minutes, runs] = [Number(values.minutes), Number(values.runs)]
if (!(minutes > 0) || !Number.isInteger(runs) || runs < 1) {
  console.error(`--minutes ${values.minutes} --runs ${values.runs}: give a time above 0 and a whole number of runs`)
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'cairn-load-'))
process.env['CAIRN_SETTINGS'] = join(folder, 'settings')
const workspace = join(folder, 'workspace')
try {
  await using mail = await misbehavingServer()
  const { host: address, port } = mail.settings
  await createExample(workspace)
  const { config } = layoutOf(workspace)
  writeFileSync(config, `${readFileSync(config, 'utf8')}\nsmtp:\n  url: smtp://${address}:${port}\n  from: Team <team@example.com>\n`)

  const host = await HostProcess.start(workspace, 'built')
  const began = Date.now()
  const memory = new MemoryWatch(host.pid)
  const load = [loadavg()[0] ?? 0]
  const stopped = new AbortController()
  process.once('SIGINT', () => stopped.abort())
  const person = answerQuestions(host.client, new Dice(1))
  console.log(`${runs} runs of outreach in flight for ${minutes} minutes, in ${workspace}`)
  const ran = await keepInFlight(host.client, { runs, until: Date.now() + minutes * 60_000, letter: letters(workspace), signal: stopped.signal })
  await person.stop()
  memory.stop()
  load.push(loadavg()[0] ?? 0)
  const found = await damages(host.client)
  const wrong = await alarms(host.client, began)
  await host.stop()

  const { rows, figures, missed } = report({ ran, mails: mail.received, answers: person.answers, refusals: person.refusals, samples: memory.samples, damages: found, alarms: wrong, load })
  console.log(`\n${inLines(rows)}\n`)
  for (const goal of missed) console.log(`missed: ${goal}`)
  if (missed.length === 0) console.log('every goal is met')
  mkdirSync(dirname(values.json), { recursive: true })
  writeFileSync(values.json, `${JSON.stringify({ minutes, inFlight: runs, ...figures, missed }, null, 2)}\n`)
  process.exitCode = missed.length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
