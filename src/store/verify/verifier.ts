/**
 * Verification as the engine's thread sees it. It is done in a thread of its own, so that nobody's question waits for it.
 *
 * Invariants:
 * 1. One thing at a time: a visit of the patrol, or a walk through everything. Whoever asks for what is under way is
 *    answered with the others.
 * 2. What is found, and what is mended, is remembered once it has been told of: a host that is killed in between leaves it
 *    to the next, which tells of it again. Nothing is told of twice by hosts that live.
 */
import type { Clock, Notification } from '../../engine/ports.ts'
import type { Failure } from '../../model/failure.ts'
import { type Finding, type IntegrityCheck, keyOf, type Verification, type VerifyProgress, withAlarm } from '../../model/integrity.ts'
import { CorruptionFound, GivenUp, StorageFailed } from '../../model/storage-errors.ts'
import type { Reads } from '../reader/reads.ts'
import { AskedThread, type AskedThreadOptions } from '../thread/asked-thread.ts'
import { type Found, listed, namedOnce } from './findings.ts'
import { newPatrol, type PatrolState, sum, type Visit } from './patrol.ts'
import { checkOf, type PatrolMemory, readPatrol, writePatrol } from './patrol-file.ts'
import { type Place, start } from './place.ts'
import { type Leg, nothingChecked } from './round.ts'
import { standing } from './standing.ts'

/** So many places are remembered to be looked at first: a store with more is beyond being mended one by one. */
const mostSuspects = 50

/** What has become of what was known to be damaged. */
export interface Told {
  readonly found: readonly Finding[]
  readonly mended: readonly Finding[]
  /** Of runs that are not named for damaged code: as much as of the others depends on it for them, and it is on record with each of them alone. */
  readonly counted: { readonly found: readonly Finding[]; readonly mended: readonly Finding[] }
}

/** Takes what was found and what was mended; where it rejects, the next look tells of it again. */
export type Tell = (told: Told) => Promise<void>

/** Called as a walk comes along. */
export type Progressed = (progress: VerifyProgress) => void

export interface VerifierOptions extends Omit<AskedThreadOptions, 'name'> {
  /** Where it remembers how far it has come. */
  readonly file: string
  /** Only what stands in the file is made use of: what it comes to is known here alone, and written nowhere. */
  readonly looks?: boolean
  readonly clock: Pick<Clock, 'now'>
  /** Hears of it where that cannot be written: then the next host looks again, and nothing else is lost. */
  readonly troubled: Notification['troubled']
}

export class Verifier {
  readonly #options: VerifierOptions
  readonly #thread: AskedThread<Reads>
  readonly #progressed = new Set<Progressed>()
  #memory: PatrolMemory
  #alarm: Failure | null = null
  #visiting: Promise<void> | undefined
  #verifying: Promise<Verification> | undefined
  #closed = false

  /** `entry` is the module of the reader's thread. */
  constructor(options: VerifierOptions) {
    this.#options = options
    this.#memory = readPatrol(options.file)
    this.#thread = new AskedThread({ ...options, name: 'verifier' })
  }

  /** How it stands; null before anything was looked at. */
  get check(): IntegrityCheck | null {
    return checkOf(this.#memory)
  }

  get findings(): readonly Finding[] {
    return listed(this.#memory.patrol.found)
  }

  /** What is wrong with the store as a whole is a finding for as long as it is opened, though no look at it meets that. */
  alarmed(alarm: Failure): void {
    this.#alarm = alarm
  }

  /** Looks at what is new, and at what comes next. While everything is walked through, that does for it. */
  async patrol(tell: Tell): Promise<void> {
    if (this.#verifying !== undefined) return void (await this.#verifying)
    this.#visiting ??= this.#visit(tell).finally(() => {
      this.#visiting = undefined
    })
    return this.#visiting
  }

  /**
   * Walks through everything. It takes long; closing gives it up, and it rejects with GivenUp. Without `tell`, what is found
   * is left to be found, and told of, by the next host that serves.
   */
  verify(tell: Tell | null, progressed?: Progressed): Promise<Verification> {
    if (progressed !== undefined) this.#progressed.add(progressed)
    this.#verifying ??= this.#verify(tell).finally(() => {
      this.#verifying = undefined
      this.#progressed.clear()
    })
    return this.#verifying
  }

  /** What is under way is given up, and rejects. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#thread.abandon()
  }

  async #visit(tell: Tell): Promise<void> {
    const { patrol, wholeAt } = this.#memory
    const { state, isRound } = await this.#visited(patrol)
    const checkedAt = this.#options.clock.now()
    await this.#remember({ patrol: { ...state, found: this.#standing(state.found) }, checkedAt, wholeAt: isRound ? checkedAt : wholeAt }, tell)
  }

  /** A file that cannot even be opened is found to be that. */
  async #visited(patrol: PatrolState): Promise<Visit> {
    try {
      return await this.#thread.ask('visit', patrol)
    } catch (error) {
      if (!(error instanceof CorruptionFound)) throw error
      const { object, key, detail } = error
      const found: Found = { object, key, detail, run: null, nearest: null, place: start }
      return { state: { ...patrol, found: [...patrol.found.filter((each) => keyOf(each) !== keyOf(found)), found] }, isRound: false }
    }
  }

  async #verify(tell: Tell | null): Promise<Verification> {
    await this.#visiting?.catch(() => undefined)
    const { fresh, found: known } = this.#memory.patrol
    const legs: Leg[] = []
    const found = new Map<string, Found>()
    let checked = nothingChecked
    for (let place: Place | null = start; place !== null; ) {
      if (this.#closed) throw new GivenUp('the store is being closed: ask again when it is open')
      const leg: Leg = await this.#thread.ask('leg', place, known)
      legs.push(leg)
      for (const each of leg.found) found.set(keyOf(each), each)
      checked = sum(checked, leg.checked)
      const { section } = leg.next ?? place
      for (const progressed of this.#progressed) progressed({ part: section, done: leg.done, findings: listed([...found.values()]).length })
      place = leg.next
    }
    const all = namedOnce([...found.values()])
    const now = this.#options.clock.now()
    const suspects = all.map(({ place }) => place).slice(0, mostSuspects)
    const standsNow = tell === null ? known : this.#standing(await this.#lookedAgain(standing(known, legs), all))
    const patrol: PatrolState = { ...newPatrol, fresh, before: checked, found: standsNow, suspects: tell === null ? suspects : [] }
    await this.#remember({ patrol, checkedAt: now, wholeAt: now }, tell).catch((error: unknown) => {
      if (!(error instanceof StorageFailed)) throw error
      // Whoever asked is answered all the same; the next look tells of it.
      this.#options.troubled('telling of what is damaged', error)
      this.#memory = { ...this.#memory, patrol: { ...this.#memory.patrol, suspects } }
    })
    return { findings: listed(all), checked }
  }

  /** What a walk did not find again, and did not see whole, is looked at where it was found. */
  async #lookedAgain(stands: readonly Found[], found: readonly Found[]): Promise<readonly Found[]> {
    if (stands.length === found.length) return stands
    const { state } = await this.#visited({ ...newPatrol, found: [...stands] })
    return state.found
  }

  #standing(found: readonly Found[]): Found[] {
    // Each was found at a place of its own, but for the alarm.
    return withAlarm(found, this.#alarm).map((finding) => ({ place: start, ...finding }))
  }

  async #remember(memory: PatrolMemory, tell: Tell | null): Promise<void> {
    const before = this.#memory
    this.#memory = memory
    try {
      await tell?.(toldOf(before.patrol.found, memory.patrol.found))
    } catch (error) {
      this.#memory = before
      throw error
    }
    const { file, looks, troubled } = this.#options
    if (looks === true) return
    await writePatrol(file, memory).catch((error: unknown) => troubled('remembering how far the store was looked at', error))
  }
}

/** What has come and what is over. */
function toldOf(before: readonly Found[], now: readonly Found[]): Told {
  const found = without(now, before)
  const mended = without(before, now)
  const of = (these: readonly Found[], isNamed: boolean): Finding[] => listed(these.filter(({ silent }) => (silent !== 'counted') === isNamed).map((each) => ({ ...each, silent: undefined })))
  return { found: of(found, true), mended: of(mended, true), counted: { found: of(found, false), mended: of(mended, false) } }
}

function without(these: readonly Found[], those: readonly Found[]): Found[] {
  const keys = new Set(those.map(keyOf))
  return these.filter((each) => !keys.has(keyOf(each)))
}
