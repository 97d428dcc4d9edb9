/**
 * A host over a real store that sends its run back and dies at a point of that, or nowhere. The run is at rest before and
 * after: a step is under way, a question is open, a timer is set.
 *
 * Given: the workspace, the point, and the turn, by which the checkpoint is chosen. Says `ready`, with the run, its version
 * and its branch; `restored` once it is told; `rests` once the run has come to rest on the new branch.
 */
import { flushCompileCache } from 'node:module'
import { systemClock } from '../../../src/effects/clock.ts'
import { systemRandomness } from '../../../src/effects/randomness.ts'
import type { Answer, AttemptRef, Execution, ExecutionSink, Storage, Task, TaskResult } from '../../../src/engine/ports.ts'
import { createEngine } from '../../../src/engine/scheduler/engine.ts'
import type { Actor } from '../../../src/model/actor.ts'
import type { CorrelationId, RevisionHash, RunId } from '../../../src/model/ids.ts'
import { usualPolicy } from '../../../src/model/policy/policy.ts'
import { openStore } from '../../../src/store/open-store.ts'
import { type RestorePoint, written } from '../../crash/restore-points.ts'
import { restoredRevision } from './restored-revision.ts'
import { watchWriting } from './writing.ts'
import { watchedStorage } from '../watched-storage.ts'
import { threads } from './threads.ts'

// A process that is killed would leave nothing of it to the next one.
flushCompileCache()

const [workspace = '', point = '', turn = '0'] = process.argv.slice(2)
const person: Actor = { kind: 'person', name: 'ann' }

const deadly = Object.entries(written).find(([reached]) => reached === point)?.[1]
/** How many rows of the point's kind are written until it dies: it dies among its steps, and after others at once. */
let left = point === 'among its steps' ? 1 + (Number(turn) % 4) : 1
let isGoingBack = false

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
      at('decided')
      const committing = storage.commit(transition)
      at('handed to the store')
      const committed = await committing
      at('told to the engine')
      return committed
    },
  })
}

const results: Readonly<Record<string, TaskResult>> = {
  a: { type: 'completed', output: 'of a', next: null },
  b: { type: 'completed', output: 'of b', next: null },
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

  ask(_revision: RevisionHash, _correlation: CorrelationId): Promise<Answer> {
    return Promise.resolve({ type: 'began', input: {}, context: {} })
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
await storage.saveRevision(restoredRevision)
engine.publish(restoredRevision)
await engine.recover()

const [found] = storage.unfinished()
const run = found ?? (await begun()).id
await rests(run)
const before = storage.load(run)?.record
if (before === undefined) throw new Error(`no run ${run}`)
say('ready', run, before.version, before.branch)

isGoingBack = true
const checkpoint = (7 * Number(turn)) % (before.head + 1)
const { version } = await engine.restore({ run, checkpoint, definition: 'pinned', revision: null, seen: before.version, reason: point, actor: person })
say('restored', version)
at('answered')
isGoingBack = false
await rests(run)
say('rests')
await engine.close()
await store.close()

function begun() {
  const { name: workflow } = restoredRevision.manifest
  return engine.start({ workflow, input: {}, context: {}, correlation: null, actor: person })
}

/** Resolves once nothing more will happen to the run by itself. */
async function rests(id: RunId): Promise<void> {
  for (;;) {
    const next = new Promise<void>((resolve) => {
      heard = resolve
    })
    const stored = storage.load(id)
    const waits = stored?.steps.some(({ waiting }) => waiting?.for === 'timer') === true
    const runs = stored?.attempts.some(({ step }) => step === 'stay') === true
    if (waits && runs && stored?.decisions.length === 1) return
    await next
  }
}
