/** Hears what Cairn says of the cases, as whoever follows its journal does, and notes when. */
import type { Client } from '../../src/client/client.ts'
import type { JournalEntry } from '../../src/model/entry.ts'
import type { Failure } from '../../src/model/failure.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { Closing } from '../../src/model/run.ts'
import type { ErrorRecord } from '../../src/model/error-record.ts'
import type { Finding } from '../../src/model/integrity.ts'
import type { DecisionId, ErrorId, Instant, RunId } from '../../src/model/ids.ts'
import type { Case } from './case.ts'

export interface Hearing {
  /** A question of the case was opened. */
  asked(about: Case, run: RunId, decision: DecisionId): void
}

export class Witness {
  readonly #cases: ReadonlyMap<string, Case>
  readonly #hearing: Hearing
  readonly #runs = new Map<RunId, Case>()
  /** Errors that follow from no other. */
  readonly #errors = new Set<ErrorId>()
  /** Damages that were found, by all hosts. */
  readonly findings: Finding[] = []
  /** Entries of the present host, by what they say: when it had the store, and which runs it took up. */
  taken: { hostAt: Instant; runs: Map<RunId, Instant> } = { hostAt: 0, runs: new Map() }
  #position = 0
  /** When what is being heard was said. */
  #now: Instant = 0

  constructor(cases: ReadonlyMap<string, Case>, hearing: Hearing) {
    this.#cases = cases
    this.#hearing = hearing
  }

  caseOf(run: RunId): Case | undefined {
    return this.#runs.get(run)
  }

  /** Follows a host until it is told to stop, or the host is gone. What it has on record by then was known when that was written. */
  async follow(client: Client, signal: AbortSignal): Promise<void> {
    const since = Date.now()
    for await (const item of client.watchJournal({ after: this.#position, signal })) {
      if (item.type !== 'entry') continue
      this.#position = item.entry.position
      this.#now = item.entry.at < since ? item.entry.at : Date.now()
      if (item.entry.run === null) this.#ofHost(item.entry)
      else this.#ofRun(item.entry, item.entry.run)
    }
  }

  #ofHost(entry: Extract<JournalEntry, { run: null }>): void {
    for (const event of entry.events) {
      if (event.type === 'host_started') this.taken = { hostAt: entry.at, runs: new Map() }
      if (event.type !== 'damage_found') continue
      this.findings.push(event.finding)
      const about = this.#damaged(event.finding)
      about?.found.push({ class: 'corruption', name: event.finding.object, at: this.#now })
      about?.touched()
    }
  }

  /** Of what cannot be told to be a run's, the run is named all the same. */
  #damaged({ run, key, detail }: Finding): Case | undefined {
    if (run !== null) return this.#runs.get(run)
    return this.#runs.entries().find(([id]) => `${key} ${detail}`.includes(id))?.[1]
  }

  #ofRun(entry: Extract<JournalEntry, { run: RunId }>, run: RunId): void {
    const about = this.#cases.get(entry.correlation ?? '')
    if (about === undefined) return
    this.#runs.set(run, about)
    for (const event of entry.events) this.#hears(about, run, entry.at, event)
    about.touched()
  }

  #hears(about: Case, run: RunId, at: Instant, event: RunEvent): void {
    if (event.type === 'run_created' && event.run.parent === null) about.run = run
    if (event.type === 'run_recovered') this.taken.runs.set(run, at)
    if (event.type === 'run_moved' && run === about.run) about.status = event.to
    if (event.type === 'run_quarantined' && run === about.run) about.status = 'quarantined'
    if (event.type === 'run_closing' && run === about.run) this.#ended(about, event.closing)
    if (event.type === 'error_opened') this.#opened(about, event.error)
    if (event.type === 'error_recurred' && this.#errors.has(event.id)) this.#finds(about, event.failure)
    if (event.type === 'recovery_began') about.measures.add(event.recovery.strategy)
    if (event.type === 'error_closed' && event.status === 'recovered') about.recoveredAt = this.#now
    if (event.type === 'decision_opened') {
      about.asked += 1
      this.#hearing.asked(about, run, event.decision.id)
    }
  }

  /**
   * What follows from another error is told with that one, but for undoing that fails by itself. Of damage the store tells; and what the
   * end of a host cut off is told of by the run's being taken up.
   */
  #opened(about: Case, { id, causedBy, failure, phase }: ErrorRecord): void {
    const follows = causedBy !== null && phase !== 'compensate'
    if (follows || failure.class === 'corruption' || failure.name === 'HostGone') return
    this.#errors.add(id)
    this.#finds(about, failure)
  }

  /** A run that a person ends has no error on record: that it ends so is what is said. */
  #ended(about: Case, { outcome, failure }: Closing): void {
    if (outcome === 'cancelled' && failure !== null) this.#finds(about, failure)
  }

  #finds(about: Case, { class: as, name }: Failure): void {
    about.found.push({ class: as, name, at: this.#now })
  }
}
