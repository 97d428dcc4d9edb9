/**
 * A host with so many live runs that commit so many events a second between them, for as long as it is let live:
 * `node bench/paced-host.ts FOLDER RUNS EVENTS-A-SECOND`. Its parent hears where it is, and of every commit.
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
import { createFeed } from '../src/service/feed.ts'
import { createService } from '../src/service/service.ts'
import { openStore } from '../src/store/open-store.ts'
import { PacedExecution } from './paced-execution.ts'

/** What this process tells its parent. */
export type Told =
  | { readonly type: 'ready'; readonly address: string }
  /** The commit that began a run's nth attempt, at this time of the machine's clock. */
  | { readonly type: 'commit'; readonly run: string; readonly attempts: number; readonly at: number; readonly events: number }

const [folder = '', runs = 500, pace = 2_000] = process.argv.slice(2).map((text, index) => (index === 0 ? text : Number(text)))
if (typeof folder !== 'string' || typeof runs !== 'number' || typeof pace !== 'number') throw new Error('FOLDER RUNS EVENTS')

const tell = (told: Told): void => void process.send?.(told)
const troubled = (what: string, error: unknown): void => console.error(what, error)
/** Events of one step: its attempt ended, the step completed, a checkpoint taken, the next attempt started. */
const eventsPerStep = 4
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
  notification: {
    committed(entry, change) {
      const at = performance.timeOrigin + performance.now()
      feed.committed(entry, change)
      if (change === null) return
      tell({ type: 'commit', run: change.summary.id, attempts: change.summary.attempts ?? 0, at, events: entry.events.length })
    },
    signalled: (signal) => feed.signalled(signal),
    troubled,
  },
})

const manifest = manifestOf('turnstile', [
  codeStep('gather'),
  codeStep('weigh', ['gather']),
  codeStep('settle', ['weigh'], { loop: { to: [first], max: 10_000, onLimit: 'continue' } }),
])
const revision = { hash: RevisionHash.parse('5'.repeat(64)), manifest, bundle: '', loadedAt: clock.now() }
await storage.saveRevision(revision)
engine.publish(revision)

const integrity = new Integrity({ clock, verify: () => store.verify(), record: () => Promise.reject(new Error('unused')), found: null, troubled })
const service = createService({
  control: engine,
  queries,
  search,
  figures,
  integrity,
  feed,
  clock,
  catalog: { list: () => [], find: () => revision },
  mailbox: { list: () => Promise.resolve([]), find: () => Promise.resolve(undefined), subscribe: () => () => undefined },
  info: () => ({
    version: 'bench',
    workspace: folder,
    pid: process.pid,
    startedAt: clock.now(),
    position: feed.head(),
    recovery: { recovered: [], failed: [] },
    alarm: null,
    mail: { to: 'server', smtp: 'none' },
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
for (let index = 0; index < runs; index += 1) {
  const input = { index }
  await engine.start({ workflow: WorkflowName.parse('turnstile'), input, context: {}, correlation: null, actor: { kind: 'person', name: 'bench' } })
}
tell({ type: 'ready', address: consoleAddress(url, layout.token) })
process.on('disconnect', () => process.exit())
