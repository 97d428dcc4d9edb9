/**
 * A host without executors and transports, so that it starts at once: the engine over a real store, with hands of its own.
 * It takes up what the one before it left, keeps `--runs` runs at work, and dies at a point, or when somebody kills it.
 *
 * Hands add a line to the ledger, which no store knows of, whenever they begin something or touch the outside world. It
 * says: `host` with its number, `started` with each run that it was promised, `done` with the key of each step that it was
 * told has completed, `finished` when nothing is left to do.
 */
import { appendFileSync, readFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from '../../../src/effects/clock.ts'
import { systemRandomness } from '../../../src/effects/randomness.ts'
import type { Answer, AttemptRef, Execution, ExecutionSink, Question, Storage, Task, TaskResult } from '../../../src/engine/ports.ts'
import { createEngine } from '../../../src/engine/scheduler/engine.ts'
import type { Actor } from '../../../src/model/actor.ts'
import type { DecisionRecord } from '../../../src/model/decision.ts'
import type { JournalEntry } from '../../../src/model/entry.ts'
import type { CorrelationId, RevisionHash, RunId } from '../../../src/model/ids.ts'
import { StepId } from '../../../src/model/ids.ts'
import { usualPolicy } from '../../../src/model/policy/policy.ts'
import { isEnded } from '../../../src/model/status.ts'
import { openStore } from '../../../src/store/open-store.ts'
import { claimOwnership } from '../../../src/store/owner.ts'
import { deadlyAt } from './deadly.ts'
import { childRevision, workingRevision } from './working-revision.ts'
import { watchedStorage } from '../watched-storage.ts'
import { deadlyThreads } from './threads.ts'

// A process that is killed would leave nothing of it to the next one.
flushCompileCache()

const [workspace = '', ledger = '', host = '1', runs = '8', point = '', nth = '1'] = process.argv.slice(2)
const atOnce = Number(runs)
const person: Actor = { kind: 'person', name: 'ann' }
const at = deadlyAt(point, Number(nth))

function fault(what: string, error: unknown): never {
  throw new Error(what, { cause: error })
}

function say(...words: readonly string[]): void {
  process.stdout.write(`${words.join(' ')}\n`)
}

function enter(what: string, key: string): void {
  appendFileSync(ledger, `${host} ${what} ${key}\n`)
}

/** What a person finds on the other side: whether the effect of this pass happened. */
function happened(run: RunId, { step, iteration }: Pick<DecisionRecord, 'step' | 'iteration'>): boolean {
  return readFileSync(ledger, 'utf8').includes(` touched ${run}/${step}/${iteration}/`)
}

class Hands implements Execution {
  #sink: ExecutionSink | undefined

  connect(sink: ExecutionSink): void {
    this.#sink = sink
  }

  start(task: Task): void {
    void this.#work(task)
  }

  stop(_ref: AttemptRef): void {
    // What it answers then is not taken any more.
  }

  async #work(task: Task): Promise<void> {
    const { ref, idempotencyKey, attempt } = task
    this.#sink?.began(ref)
    enter('began', idempotencyKey)
    await delay(Math.random() * 3)
    if (ref.step === 'send') {
      const mayTouch = await this.#sink?.effectBegins(ref).then(
        () => true,
        () => false,
      )
      if (mayTouch !== true) return
      enter('touched', idempotencyKey)
      await delay(Math.random() * 3)
    }
    this.#sink?.ended(ref, result(ref, attempt))
  }

  ask(_revision: RevisionHash, _correlation: CorrelationId, question: Question): Promise<Answer> {
    if (question.type === 'settle') return Promise.resolve({ type: 'settled', output: null, next: null, edited: null })
    if (question.type === 'vouch') return Promise.resolve({ type: 'vouched', output: question.output })
    return Promise.resolve({ type: 'began', input: {}, context: {} })
  }
}

function result({ step, iteration }: AttemptRef, attempt: number): TaskResult {
  if (step === 'post') return { type: 'calls', input: {}, context: {} }
  if (step === 'ok') return { type: 'asked', shown: null }
  if (step === 'style' && attempt === 1) return { type: 'failed', failure: { class: 'transient', name: 'Busy', message: 'try again' } }
  const next = step === 'finalise' && iteration === 1 ? StepId.parse('draft') : null
  return { type: 'completed', output: `${step} ${iteration} `.repeat(20), next }
}

function watched(storage: Storage): Storage {
  return watchedStorage(storage, {
    commit: async (transition) => {
      const committed = await storage.commit(transition)
      at('told to the engine')
      return committed
    },
  })
}

// It owns the workspace for as long as this is held.
const ownership = claimOwnership(workspace, { pid: process.pid, host: 'elsewhere' })
const live = new Set<RunId>()
let isEnding = false
const randomness = systemRandomness()
const store = await openStore({
  ...deadlyThreads,
  workspace,
  defer: (flush) =>
    setImmediate(() => {
      at('before a group')
      flush()
      at('after COMMIT')
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
  notification: { committed: heard, signalled: () => undefined, troubled: fault },
})

function heard(entry: JournalEntry): void {
  if (entry.run === null) return
  for (const event of entry.events) {
    if (event.type === 'step_completed') say('done', `${entry.run}/${event.step}/${event.iteration}/0`)
    if (event.type === 'decision_opened') decide(entry.run, event.decision)
    if (event.type === 'run_moved' && isEnded(event.to)) over(entry.run)
  }
}

function decide(run: RunId, decision: DecisionRecord): void {
  const { id, kind } = decision
  const answer = kind === 'approval' ? { action: 'approve', edit: null } : happened(run, decision) ? { action: 'happened', edit: 'found' } : { action: 'did-not-happen', edit: null }
  engine.decide({ run, decision: id, seen: null, actor: person, reason: null, ...answer }).catch((error: unknown) => isEnding || fault('deciding', error))
}

/** A child ends for its parent alone. */
function over(run: RunId): void {
  if (!live.delete(run) || isEnding) return
  if (atOnce > 0) begin()
  else if (live.size === 0) end()
}

function begin(): void {
  const { name: workflow } = workingRevision.manifest
  engine.start({ workflow, input: {}, context: {}, correlation: null, actor: person }).then(
    ({ id }) => {
      live.add(id)
      say('started', id)
    },
    (error: unknown) => isEnding || fault('starting', error),
  )
}

function end(): void {
  isEnding = true
  engine
    .close()
    .then(() => store.close())
    .then(() => ownership.release())
    .then(() => say('finished'), (error: unknown) => fault('ending', error))
}

say('host', host)
await storage.record({ at: Date.now(), actor: { kind: 'host', name: host }, correlation: null, run: null, events: [{ type: 'host_started', version: host, unfinished: 0 }] })
for (const revision of [workingRevision, childRevision]) {
  await storage.saveRevision(revision)
  engine.publish(revision)
}
const pending = storage.unfinished().runs.flatMap((run) => {
  if (storage.load(run)?.record.parent === null) live.add(run)
  return (storage.load(run)?.decisions ?? []).map((decision) => ({ run, decision }))
})
await engine.recover()
for (const { run, decision } of pending) {
  if (storage.load(run)?.decisions.some(({ id }) => id === decision.id) === true) decide(run, decision)
}
for (let more = live.size; more < atOnce; more += 1) begin()
if (atOnce === 0 && live.size === 0) end()
// A host that closes brings the WAL home: those that die on that way are told to.
if (point.includes('WAL')) setTimeout(end, 20)
