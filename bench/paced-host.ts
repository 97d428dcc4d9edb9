/**
 * A host with so many live runs that commit so many events a second between them:
 * `node bench/paced-host.ts WISH`, as `HostWish` in JSON. Its parent hears where it is, and of every commit.
 */
import { mkdirSync } from 'node:fs'
import { systemClock, systemElapsed } from '../src/effects/clock.ts'
import { systemRandomness } from '../src/effects/randomness.ts'
import { createEngine } from '../src/engine/scheduler/engine.ts'
import { Closing } from '../src/host/closing.ts'
import { consoleAddress } from '../src/host/greeting.ts'
import { Integrity } from '../src/host/integrity.ts'
import { openTransports } from '../src/host/transports.ts'
import { layoutOf } from '../src/host/workspace/layout.ts'
import { RevisionHash, StepId, WorkflowName } from '../src/model/ids.ts'
import { codeStep, manifestOf } from '../src/model/manifest.fixture.ts'
import { usualPolicy } from '../src/model/policy/policy.ts'
import { createFeed } from '../src/service/feed.ts'
import { createService } from '../src/service/service.ts'
import { openStore } from '../src/store/open-store.ts'
import { type Commit, type Cost, HostWish, type Told } from './host-process.ts'
import { PacedExecution } from './paced-execution.ts'

const { folder, runs, events: pace, passes, isReplaced } = HostWish.parse(JSON.parse(process.argv[2] ?? ''))

const tell = (told: Told): void => {
  if (process.connected) process.send?.(told)
}
/** What was committed is told of a few times a second, so that telling costs next to nothing. */
const commits: Commit[] = []
setInterval(() => tell({ type: 'commits', commits: commits.splice(0) }), 200)
const troubled = (what: string, error: unknown): void => console.error(what, error)
/**
 * Events of a step: its attempt ended, the step completed, a checkpoint taken, the next attempt started. The last of
 * the three steps goes back to the first, which is told, as is the renewal of each.
 */
const eventsPerStep = (4 + 4 + 8) / 3
const average = (1_000 * eventsPerStep * runs) / pace

const closing = new Closing()
const layout = layoutOf(folder)
mkdirSync(layout.private, { recursive: true })
const clock = systemClock
const randomness = systemRandomness()
const store = await openStore({ workspace: folder, defer: setImmediate, clock, elapsed: systemElapsed, randomness, troubled })
const { storage, queries, search, figures } = store
const feed = createFeed(store.head().position)
const last = StepId.parse('settle')
const first = StepId.parse('gather')
const execution = new PacedExecution({ shortest: average / 2, longest: 1.5 * average, next: (step) => (step === last ? first : null) })
const engine = createEngine({
  storage,
  execution,
  clock,
  randomness,
  policy: () => usualPolicy,
  notification: {
    committed(entry, change) {
      const at = performance.timeOrigin + performance.now()
      feed.committed(entry, change)
      if (change === null) return
      const { id, attempts, checkpoints, status } = change.summary
      commits.push({ run: id, attempts: attempts ?? 0, checkpoints, at, events: entry.events.length })
      if (isReplaced && status === 'completed') start(0).catch((error: unknown) => troubled('a run in place of one that ended', error))
    },
    signalled: (signal) => feed.signalled(signal),
    troubled,
  },
})

const manifest = manifestOf('turnstile', [
  codeStep('gather'),
  codeStep('weigh', ['gather']),
  codeStep('settle', ['weigh'], { loop: { to: [first], max: passes, onLimit: 'continue' } }),
])
const revision = { hash: RevisionHash.parse('5'.repeat(64)), manifest, bundle: '', loadedAt: clock.now() }
await storage.saveRevision(revision)
engine.publish(revision)

const integrity = new Integrity({
  clock,
  verifier: store.verifier,
  interval: () => 30_000,
  serves: true,
  record: () => Promise.reject(new Error('unused')),
  isWritten: () => true,
  quarantine: () => Promise.reject(new Error('unused')),
  release: () => Promise.reject(new Error('unused')),
  found: null,
  checked: () => feed.touched('host'),
  troubled,
})
const service = createService({
  control: engine,
  deadLetters: () => usualPolicy.deadLetters,
  queries,
  search,
  figures,
  integrity,
  feed,
  clock,
  catalog: { list: () => [], find: () => revision, unread: () => 0, sought: () => Promise.resolve() },
  backups: { make: () => Promise.reject(new Error('not of a bench')), list: () => Promise.resolve([]) },
  beside: () => Promise.resolve({ replaced: [], mail: 0, logs: 0 }),
  retention: { plan: () => Promise.reject(new Error('not of a bench')), apply: () => Promise.reject(new Error('not of a bench')) },
  policy: () => ({ file: '', since: 0, settings: [], sections: {}, refused: null, strangers: null }),
  fault: () => null,
  mailbox: { list: () => Promise.resolve([]), find: () => Promise.resolve(undefined), subscribe: () => () => undefined },
  info: () => ({
    version: 'bench',
    workspace: folder,
    pid: process.pid,
    startedAt: clock.now(),
    position: feed.head(),
    recovery: { recovered: [], waiting: [], failed: [] },
    alarm: null,
    unlogged: null,
    encryption: null,
    mail: { to: 'server', smtp: 'none' },
    looks: false,
    executors: null,
  }),
  person: 'bench',
  troubled,
})
const { url } = await openTransports(
  { layout, service, version: 'bench', role: 'serve', startedAt: clock.now(), port: 0, troubled },
  closing,
)
if (url === null) throw new Error('no port')
for (let index = 0; index < runs; index += 1) await start(index)
tell({ type: 'ready', address: consoleAddress(url, layout.token) })
process.on('message', () => tell({ type: 'cost', cost: cost() }))
process.on('disconnect', () => process.exit())

async function start(index: number): Promise<void> {
  const workflow = WorkflowName.parse('turnstile')
  await engine.start({ workflow, input: { index }, context: {}, correlation: null, actor: { kind: 'person', name: 'bench' } })
}

function cost(): Cost {
  globalThis.gc?.()
  const millis = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000
  const { heapUsed, rss } = process.memoryUsage()
  return {
    main: millis(process.threadCpuUsage()),
    all: millis(process.cpuUsage()),
    heap: heapUsed / 1_000_000,
    resident: rss / 1_000_000,
  }
}
