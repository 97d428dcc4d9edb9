import type { Clock } from '../engine/ports.ts'
import { failureOf, type Finding, type IntegrityCheck, isLeftBehind, isOfRevision, type Verification, type VerifyProgress, withAlarm } from '../model/integrity.ts'
import type { Failure } from '../model/failure.ts'
import type { Millis, RunId } from '../model/ids.ts'
import { CorruptionFound, GivenUp } from '../model/storage-errors.ts'
import type { IntegrityWatch } from '../service/parts.ts'
import type { Store } from '../store/open-store.ts'
import type { Told } from '../store/verify/verifier.ts'
import type { Record } from './record.ts'

export interface IntegrityParts {
  readonly clock: Clock
  readonly verifier: Omit<Store['verifier'], 'alarmed'>
  /** From the end of one look at a part of the store to the next, in milliseconds. */
  readonly interval: () => Millis
  /** One that lasts for a command only says what it finds: the host that serves next tells of it, and sets runs aside. */
  readonly serves: boolean
  readonly record: Record
  /** Whether the row of a run is as it was written: where it is not, nothing can be said there, and nothing of the run moves either. */
  readonly isWritten: (run: RunId) => boolean
  /** Sets a run aside that cannot be trusted; one that has ended stays as it is. */
  readonly quarantine: (run: RunId, damage: CorruptionFound) => Promise<void>
  /** Lets a run go on of which nothing is damaged any more. */
  readonly release: (run: RunId) => Promise<void>
  /** What its anchors said of the store when it was opened. */
  readonly found: Failure | null
  /** Told at the end of each look, whatever it found. */
  readonly checked: () => void
  readonly troubled: (what: string, error: unknown) => void
}

/** Has the store looked at for as long as the host lives, and tells of what is found, and of what is mended. */
export class Integrity implements IntegrityWatch {
  readonly #parts: IntegrityParts
  #cancel: (() => void) | undefined
  #closed = false

  constructor(parts: IntegrityParts) {
    this.#parts = parts
  }

  latest(): IntegrityCheck | null {
    const { check } = this.#parts.verifier
    return check && { ...check, findings: this.findings().length }
  }

  findings(): readonly Finding[] {
    const { found, verifier } = this.#parts
    return withAlarm(verifier.findings, found)
  }

  alarms(): readonly Failure[] {
    return [this.#parts.found].filter((failure) => failure !== null)
  }

  /** Looks at a part of the store now, and at another one after each interval. */
  begin(): void {
    const { checked, troubled, verifier } = this.#parts
    verifier
      .patrol((told) => this.#tell(told))
      .then(checked)
      .catch((error: unknown) => {
        if (!this.#closed) troubled('looking at the store', error)
      })
      .finally(() => this.#rest())
  }

  /** The interval is another one by now. */
  pace(): void {
    if (this.#cancel === undefined) return
    this.#cancel()
    this.#rest()
  }

  #rest(): void {
    const { clock, interval } = this.#parts
    if (this.#closed) return
    this.#cancel = clock.at(clock.now() + interval(), () => {
      this.#cancel = undefined
      this.begin()
    })
  }

  /** Walks through the whole store. Rejects with GivenUp where the host ends first. */
  async verify(progressed?: (progress: VerifyProgress) => void): Promise<Verification> {
    const { checked, found, serves, verifier } = this.#parts
    const verification = await verifier.verify(serves ? (told) => this.#tell(told) : null, progressed)
    checked()
    return { ...verification, findings: [...withAlarm(verification.findings, found)] }
  }

  close(): void {
    this.#closed = true
    this.#cancel?.()
  }

  async #tell({ found, mended, counted }: Told): Promise<void> {
    const { record, isWritten, quarantine, release, troubled } = this.#parts
    if (this.#closed) throw new GivenUp('the host ends: the next one looks again')
    const [first, ...others] = [
      ...found.map((finding) => ({ type: 'damage_found' as const, finding, failure: failureOf(finding) })),
      ...mended.map((finding) => ({ type: 'damage_mended' as const, finding })),
    ]
    // As it is now that this was found: by the time that it has been told, it may be mended.
    const toSetAside = oneOfEach([...found, ...counted.found].filter(isOfPresent)).filter(({ run }) => run !== null && isWritten(run))
    if (first !== undefined) await record(first, ...others)
    // Once for all that is damaged of a run: it may be gone back to where it is whole by the time the next is told.
    for (const { run, object, key, detail, nearest } of toSetAside) {
      if (run === null) continue
      const damage = new CorruptionFound(object, key, detail, isLeftBehind({ object }) || isOfRevision({ object }) ? nearest : undefined)
      await quarantine(run, damage).catch((error: unknown) => troubled(`run ${run} could not be set aside`, error))
    }
    const damaged = new Set(this.findings().filter(isOfPresent).map(({ run }) => run))
    for (const run of new Set([...mended, ...counted.mended].map((finding) => finding.run))) {
      if (run === null || damaged.has(run)) continue
      await release(run).catch((error: unknown) => troubled(`run ${run} could not go on`, error))
    }
  }
}

/** What a run has gone on without keeps it from nothing. */
function isOfPresent({ isPast }: Finding): boolean {
  return isPast !== true
}

/** Of what was found of a run, what it cannot go back from says more than what it can. */
function oneOfEach(found: readonly Finding[]): Finding[] {
  const ofEach = Map.groupBy(found, ({ run }) => run).values()
  return [...ofEach].flatMap((those) => those.find((finding) => !isLeftBehind(finding)) ?? those[0] ?? [])
}
