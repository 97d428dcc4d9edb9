/**
 * A host over a real store that sends its run back and dies at a point of that, or nowhere. The run is at rest before and
 * after: a step is under way, a question is open, a timer is set, a child is under way, and no other is. Where it is `ended`, it is
 * cancelled first, and goes back with the definition that its author has published since.
 *
 * Given: the workspace, the point, the turn, by which the checkpoint is chosen, and which way. Says `ready`, with the run, its
 * version and its branch; `restored` once it is told; `rests` once the run has come to rest on the new branch.
 */
import { flushCompileCache } from 'node:module'
import { systemClock } from '../../../src/effects/clock.ts'
import { systemRandomness } from '../../../src/effects/randomness.ts'
import type { Answer, AttemptRef, Execution, ExecutionSink, Question, Storage, StoredRun, Task, TaskResult } from '../../../src/engine/ports.ts'
import { createEngine } from '../../../src/engine/scheduler/engine.ts'
import type { Actor } from '../../../src/model/actor.ts'
import type { CorrelationId, RevisionHash, RunId } from '../../../src/model/ids.ts'
import { usualPolicy } from '../../../src/model/policy/policy.ts'
import { isEnded } from '../../../src/model/status.ts'
import { openStore } from '../../../src/store/open-store.ts'
import { type RestorePoint, written } from '../../crash/restore-points.ts'
import { belowRevision, laterRevision, restoredRevision } from './restored-revision.ts'
import { watchWriting } from './writing.ts'
import { watchedStorage } from '../watched-storage.ts'
import { threads } from './threads.ts'

// A process that is killed would leave nothing of it to the next one.
flushCompileCache()

const [workspace = '', point = '', turn = '0', way = 'live'] = process.argv.slice(2)
const person: Actor = { kind: 'person', name: 'ann' }

const deadly = Object.entries(written).find(([reached]) => reached === point)?.[1]
/** How many rows of the point's kind are written until it dies: it dies among its steps, and after others at once. */
let left = point === 'among its steps' ? 1 + (Number(turn) % 4) : 1
let isGoingBack = false
/** Who is cancelled by that. */
let child: RunId | null = null

function at(reached: RestorePoint): void {
  if (isGoingBack && reached === point) process.kill(process.pid, 'SIGKILL')
}

function wrote(table: string): void {
  if (!isGoingBack || table !== deadly) return
  left -= 1
  if (left === 0) process.kill(process.pid, 'SIGKILL')
}

function watched(storage: Storage): Storage {
  return watchedStorage(storage, {
    moment: (...given) => {
      at('asked for')
      const moment = storage.moment(...given)
      at('with the checkpoint read')
      return moment
    },
    commit: async (transition) => {
      const isOfChild = transition.run === child
      if (!isOfChild) at('decided')
      const committing = storage.commit(transition)
      at(isOfChild ? 'with its child to be cancelled' : 'handed to the store')
      const committed = await committing
      at(isOfChild ? 'with its child cancelled' : 'told to the engine')
      return committed
    },
  })
}

const results: Readonly<Record<string, TaskResult>> = {
  a: { type: 'completed', output: 'of a', next: null },
  b: { type: 'completed', output: 'of b', next: null },
  c: { type: 'completed', output: 'of c', next: null },
  d: { type: 'completed', output: 'of d', next: null },
  below: { type: 'calls', input: {}, context: {} },
  ok: { type: 'asked', shown: null },
}

/** Steps that have a result answer at once, the others never. */
class Hands implements Execution {
  #sink: ExecutionSink | undefined

  connect(sink: ExecutionSink): void {
    this.#sink = sink
  }

  start({ ref }: Task): void {
    at('with the new attempts started')
    this.#sink?.began(ref)
    const result = results[ref.step]
    if (result !== undefined) queueMicrotask(() => this.#sink?.ended(ref, result))
  }

  stop(_ref: AttemptRef): void {
    at('with the old attempts stopped')
  }

  ask(_revision: RevisionHash, _correlation: CorrelationId, question: Question): Promise<Answer> {
    if (question.type !== 'migrate') return Promise.resolve({ type: 'began', input: {}, context: {} })
    const changed = question.values.filter(({ stays, step }) => stays && step !== null)
    return Promise.resolve({ type: 'migrated', changed: changed.map(({ key }) => ({ key, value: `${key}, migrated` })) })
  }
}

function say(...words: readonly (string | number)[]): void {
  process.stdout.write(`${words.join(' ')}\n`)
}

function fault(what: string, error: unknown): never {
  throw new Error(what, { cause: error })
}

watchWriting(wrote)
let heard: () => void = () => undefined
const randomness = systemRandomness()
const store = await openStore({
  ...threads,
  workspace,
  defer: (flush) =>
    setImmediate(() => {
      flush()
      at('committed')
    }),
  clock: systemClock,
  elapsed: () => performance.now(),
  randomness,
  troubled: fault,
})
const { storage } = store
const engine = createEngine({
  storage: watched(storage),
  execution: new Hands(),
  clock: systemClock,
  randomness,
  policy: () => usualPolicy,
  notification: { committed: () => heard(), signalled: () => undefined, troubled: fault },
})
for (const revision of [restoredRevision, belowRevision]) {
  await storage.saveRevision(revision)
  engine.publish(revision)
}
await engine.recover()

const found = storage.unfinished().runs.find((id) => storage.load(id)?.record.parent === null)
const run = found ?? (await begun()).id
await until(run, rests)
if (way === 'ended') {
  await storage.saveRevision(laterRevision)
  engine.publish(laterRevision)
  await engine.cancel({ run, seen: null, reason: 'enough', actor: person })
  await until(run, ({ record }) => isEnded(record.status))
}
const { record: before, steps } = loaded(run)
say('ready', run, before.version, before.branch)

child = steps.find(({ step }) => step === 'below')?.child ?? null
isGoingBack = true
const checkpoint = (7 * Number(turn)) % (before.head + 1)
const definition = way === 'ended' ? 'present' : 'pinned'
const { version } = await engine.restore({ run, checkpoint, definition, revision: null, seen: before.version, reason: point, actor: person })
say('restored', version)
at('answered')
await until(run, rests)
isGoingBack = false
say('rests')
await engine.close()
await store.close()

function begun() {
  const { name: workflow } = restoredRevision.manifest
  return engine.start({ workflow, input: {}, context: {}, correlation: null, actor: person })
}

/** Whether nothing more will happen to the run by itself, nor to those below it. */
function rests({ record, steps, attempts, decisions }: StoredRun): boolean {
  const waits = steps.some(({ waiting }) => waiting?.for === 'timer')
  const runs = attempts.some(({ step }) => step === 'stay')
  const below = steps.find(({ step }) => step === 'below')?.child ?? null
  const others = storage.unfinished().runs.filter((id) => id !== record.id)
  return waits && runs && decisions.length === 1 && below !== null && others.join() === below && loaded(below).attempts.length === 1
}

/** Resolves once that is so. */
async function until(id: RunId, is: (stored: StoredRun) => boolean): Promise<void> {
  for (;;) {
    const next = new Promise<void>((resolve) => {
      heard = resolve
    })
    if (is(loaded(id))) return
    await next
  }
}

function loaded(id: RunId): StoredRun {
  const stored = storage.load(id)
  if (stored === undefined) throw new Error(`no run ${id}`)
  return stored
}
