/** A store with an engine over it and hands in this process: all that a run needs to live. */
import { systemClock } from '../../../src/effects/clock.ts'
import { systemRandomness } from '../../../src/effects/randomness.ts'
import type { Engine } from '../../../src/engine/control.ts'
import type { Clock, StoredRun } from '../../../src/engine/ports.ts'
import { createEngine } from '../../../src/engine/scheduler/engine.ts'
import type { RunId } from '../../../src/model/ids.ts'
import { usualPolicy } from '../../../src/model/policy/policy.ts'
import { isEnded } from '../../../src/model/status.ts'
import { openStore, type Store, type StoreOptions } from '../../../src/store/open-store.ts'
import { Hands, type Life, lifeRevision, person } from './life.ts'

interface Parts {
  readonly store: Store
  readonly engine: Engine
  readonly troubles: string[]
  readonly heard: { call: () => void }
  readonly clock: Clock
}

export class LifeHost {
  readonly engine: Engine
  readonly store: Store
  readonly troubles: string[]
  readonly #heard: { call: () => void }
  readonly #clock: Clock

  private constructor({ store, engine, troubles, heard, clock }: Parts) {
    this.store = store
    this.engine = engine
    this.troubles = troubles
    this.#heard = heard
    this.#clock = clock
  }

  /** So many milliseconds from now, when whatever rested goes on; or now. */
  static async open(workspace: string, later = 0, more: Partial<StoreOptions> = {}): Promise<LifeHost> {
    const troubles: string[] = []
    const troubled = (what: string, error: unknown): void => void troubles.push(`${what}: ${String(error)}`)
    const heard = { call: (): void => undefined }
    const clock: Clock = {
      now: () => systemClock.now() + later,
      at: (instant, call) => systemClock.at(instant - later, call),
    }
    const randomness = systemRandomness()
    const elapsed = (): number => performance.now()
    const store = await openStore({ workspace, defer: setImmediate, clock, elapsed, randomness, troubled, ...more })
    const { storage } = store
    const notification = { committed: () => heard.call(), signalled: () => undefined, troubled }
    const engine = createEngine({ storage, execution: new Hands({ goesOn: later > 0 }), clock, randomness, notification, policy: () => usualPolicy })
    await storage.saveRevision(lifeRevision)
    engine.publish(lifeRevision)
    return new LifeHost({ store, engine, troubles, heard, clock })
  }

  /** A run that has come to rest: it waits for a person, or has ended. */
  async begin(life: Life): Promise<RunId> {
    const { name: workflow } = lifeRevision.manifest
    const { id } = await this.engine.start({ workflow, input: life, context: {}, correlation: null, actor: person })
    await this.rested(id)
    return id
  }

  /** Answers what the run asks; resolves once it has come to rest again. */
  async answer(run: RunId, action: string): Promise<void> {
    const { decisions, record } = this.stored(run)
    const [decision] = decisions
    if (decision === undefined) throw new Error(`run ${run} asks nothing: it is ${record.status}`)
    await this.engine.decide({ run, decision: decision.id, action, edit: null, seen: null, reason: 'as agreed', actor: person })
    await this.rested(run)
  }

  /** Says yes to whatever the run asks, until it has ended. */
  async end(run: RunId): Promise<void> {
    for (;;) {
      await this.rested(run)
      const { record, decisions } = this.stored(run)
      if (isEnded(record.status)) return
      await this.answer(run, decisions[0]?.kind === 'arm' ? 'arm' : 'approve')
    }
  }

  stored(run: RunId): StoredRun {
    const stored = this.store.storage.load(run)
    if (stored === undefined) throw new Error(`there is no run ${run}`)
    return stored
  }

  async rested(run: RunId): Promise<void> {
    for (;;) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#heard.call = resolve
      if (isAtRest(this.stored(run), this.#clock.now())) return
      await promise
    }
  }

  async close(): Promise<void> {
    await this.engine.close()
    await this.store.close()
  }
}

/** A timer that is due within so many milliseconds is waited for. */
const soon = 60_000

function isAtRest({ record, attempts, decisions, steps }: StoredRun, now: number): boolean {
  if (isEnded(record.status)) return true
  const isSoon = steps.some(({ waiting }) => (waiting?.until ?? Number.POSITIVE_INFINITY) <= now + soon)
  return decisions.length > 0 && !isSoon && attempts.every(({ step }) => step === 'stay')
}
