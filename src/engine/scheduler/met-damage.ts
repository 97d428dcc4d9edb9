/**
 * What becomes of a live run in which damage is met.
 *
 * Invariants:
 * 1. It is set aside in quarantine. What was learnt of it meanwhile can be committed still.
 * 2. Where policy has it do so, it goes back by itself to where it is whole, one try at a time.
 * 3. Where the damage keeps that from being committed too, nothing is done for it before the host starts again, and its parent hears of that.
 */
import { type Actor, engineActor } from '../../model/actor.ts'
import { Unavailable } from '../../model/control-errors.ts'
import type { RunId } from '../../model/ids.ts'
import type { RunRecord } from '../../model/run.ts'
import type { AttemptRecord } from '../../model/step.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { Moment, Ports } from '../ports.ts'
import { goBackToWhole, isToGoBack } from '../recovery/damage.ts'
import type { RunState } from '../state/run-state.ts'
import { quarantine } from '../turn/quarantine.ts'
import type { Turn } from '../turn/turn.ts'
import type { TurnQueue } from './turn-queue.ts'

/** What is done with damage that is met as a turn is tried; where it throws, the turn is given up. */
export type OnDamage = (error: CorruptionFound) => Promise<void>

/** The run, as far as this has to do with it. */
export interface DamagedRun {
  readonly id: RunId
  readonly ports: Pick<Ports, 'notification' | 'storage'>
  readonly queue: TurnQueue
  readonly state: () => RunState
  /** A turn that is tried until it is committed. */
  readonly untilCommitted: (actor: Actor, decide: (turn: Turn) => void, onDamage?: OnDamage) => Promise<RunRecord>
  /** Its parent hears that nothing more comes of it. */
  readonly ended: (record: RunRecord) => void
}

export class MetDamage {
  readonly #run: DamagedRun
  #last: CorruptionFound | null = null
  /** The page of the store's file that the last commit met. */
  #unwritable: CorruptionFound | null = null
  #isBeingSetAside = false
  #isGoingBack = false

  constructor(run: DamagedRun) {
    this.#run = run
  }

  /** What keeps the run from going on in this host, its quarantine too. */
  get last(): CorruptionFound | null {
    return this.#last
  }

  /** A commit has failed. A malformed page of the store's file is no damage of the run: it stands as it is stored. */
  inCommit(error: unknown): void {
    if (error instanceof CorruptionFound && error.object === 'file') this.#unwritable = error
  }

  /** Whether it is of the file that the last commit was to be written to. */
  isUnwritable(error: CorruptionFound): boolean {
    return error === this.#unwritable
  }

  /** Sets the run aside. `unread` is an attempt that could not be given to an executor for it. @throws the damage where that cannot be committed */
  async setAside(error: CorruptionFound, unread?: AttemptRecord): Promise<void> {
    const { id, ports, state, untilCommitted, ended } = this.#run
    const { record } = state()
    const isKnown = unread === undefined && record.status === 'quarantined'
    if (isKnown || this.#isBeingSetAside) {
      this.#last = error
      if (record.parent !== null) ended(record)
      this.leave(error, new Unavailable(`run ${id} cannot go on: ${error.message}`))
    }
    ports.notification.troubled(`run ${id} is quarantined`, error)
    this.#isBeingSetAside = true
    try {
      await untilCommitted(engineActor, (turn) => quarantine(turn, error, unread))
    } finally {
      this.#isBeingSetAside = false
    }
  }

  /** Nothing is done for the run until the host starts again. `why` is what is said to whoever wants something of it. */
  leave(error: CorruptionFound, why: Error = error): never {
    const { id, ports, queue } = this.#run
    queue.refuse(why)
    ports.notification.troubled(`run ${id} cannot go on before the host starts again`, error)
    throw error
  }

  /** Has the run go back by itself, where that is to be done and is not under way. */
  goBackByItself(): Promise<void> | undefined {
    if (this.#isGoingBack || !isToGoBack(this.#run.state())) return undefined
    this.#isGoingBack = true
    return this.#run.queue.add(() => this.#goBackToWhole()).finally(() => {
      this.#isGoingBack = false
    })
  }

  /** What it goes back to is read whole before, and once more as it is stored then. Where that is damaged too, a person is asked. */
  async #goBackToWhole(): Promise<void> {
    const { id, ports, untilCommitted } = this.#run
    const way: { met: CorruptionFound | null; to: Moment | undefined } = { met: null, to: undefined }
    const go = (turn: Turn): void => {
      way.to = goBackToWhole(turn, way.met)
    }
    await untilCommitted(engineActor, go, async (error) => {
      if (way.met !== null) throw error
      way.met = error
    })
    if (way.to === undefined) return
    try {
      ports.storage.checkReturned(id, way.to.state)
    } catch (error) {
      if (!(error instanceof CorruptionFound)) throw error
      await this.setAside(error)
    }
  }
}
