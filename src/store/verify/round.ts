/**
 * A way once around a store, in legs that each take no longer than they are allowed: what is not as it was written.
 *
 * Invariants:
 * 1. Every row of every table is read once a round, so that no change of what the store says goes unseen.
 * 2. What is found ends one check and not the leg: the rest is looked at all the same.
 * 3. A leg is read within one transaction: a store that is being written can be gone around. What a row is held against
 *    is read in the same leg, so that nothing has to stay as it is between two of them.
 */
import type Database from 'better-sqlite3'
import type { Position } from '../../model/entry.ts'
import { type Checked, keyOf, ofAnchor } from '../../model/integrity.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { checkAnchor, checkHead } from '../anchor.ts'
import { breakerFormat } from '../format/breaker.ts'
import { latencyFormat } from '../format/latency.ts'
import { lineageFormat } from '../format/rows.ts'
import { signalFormat } from '../format/signal.ts'
import { throttleFormat } from '../format/throttle.ts'
import { type JournalHead, journalReader } from '../read/journal.ts'
import { ifWhole } from '../read/if-whole.ts'
import { nearestWholeReader } from '../read/nearest-whole.ts'
import { pastReader } from './past.ts'
import { revisionReader } from '../read/revisions.ts'
import { runReader } from '../read/runs.ts'
import { atOnce } from '../sqlite/at-once.ts'
import { reading } from '../sqlite/reading.ts'
import { Allowance } from './allowance.ts'
import { checkedBy } from './checked-by.ts'
import { type Found, Findings, namedOnce } from './findings.ts'
import { howFar } from './how-far.ts'
import { nextSection, type Place, type Section } from './place.ts'
import { verifyControlRows } from './verify-control-rows.ts'
import { verifyFile, verifySchema } from './verify-file.ts'
import { verifyJournal } from './verify-journal.ts'
import { verifyKeys } from './verify-keys.ts'
import { verifyRemoved } from './verify-removed.ts'
import { verifyRevisions } from './verify-revisions.ts'
import { verifyRuns } from './verify-runs.ts'
import { verifyValues } from './verify-values.ts'
import type { Walk } from './walk-rows.ts'

export interface Leg {
  readonly found: readonly Found[]
  /** What was asked for and is whole, by the check that says so. */
  readonly whole: readonly string[]
  /** Places that it looked at once more. */
  readonly again: readonly Place[]
  /** Those of them where it met no damage. */
  readonly clear: readonly Place[]
  readonly checked: Checked
  /** Where the next one goes on; null where the round is over. */
  readonly next: Place | null
  /** How much of the round is behind it, from 0 to 1. */
  readonly done: number
}

/** Enough to come from the last whole row over some damaged ones to where something was found. */
const backThere = 200_000

export const nothingChecked: Checked = { lineages: 0, values: 0, revisions: 0, runs: 0, checkpoints: 0, entries: 0, signals: 0 }

export class Round {
  readonly #db: Database.Database
  readonly #anchor: string | JournalHead
  readonly #findings: Findings
  readonly #goOn: () => void
  readonly #known: ReadonlyMap<string, Found>
  readonly #checked = { ...nothingChecked }
  readonly #again: Place[] = []

  /**
   * `anchor` is the file of it, or what that would say. `goOn` is called before each row, and each finding. Where it throws `GivenUp`, so does
   * the leg. `known` was found before: what of it is whole is told.
   */
  constructor(db: Database.Database, anchor: string | JournalHead, goOn: () => void, known: readonly Found[] = []) {
    this.#db = db
    this.#anchor = anchor
    this.#known = new Map(known.map((each) => [keyOf(each), each]))
    this.#findings = new Findings(goOn, new Set(known.map(checkedBy)))
    this.#goOn = goOn
  }

  /** Looks at what comes after a place; `passing` is left out. @throws GivenUp */
  leg(place: Place, allowance: Allowance, passing?: Section): Leg {
    let next: Place | null = place
    this.#within(() => {
      while (next !== null && !allowance.isSpent) {
        next = next.section === passing ? (nextSection(next) ?? null) : this.#along(next, allowance)
      }
    })
    return this.#over(next)
  }

  /** Looks at the journal after a position, and at the runs that it tells of. @throws GivenUp */
  fresh(after: Position, allowance: Allowance): Leg {
    this.#within(() => {
      this.#walkOf('journal')([after], allowance)
      const changed = this.#db.prepare<[number], number>('SELECT DISTINCT run FROM journal WHERE position > ? AND run IS NOT NULL').pluck()
      const runs = verifyRuns(this.#db, this.#findings, () => undefined)
      for (const run of changed.all(after)) {
        if (allowance.isSpent) return
        runs.fresh(run, allowance)
      }
    })
    return this.#over(null)
  }

  /** Looks once more at where something was found. @throws GivenUp */
  again(places: readonly Place[]): Leg {
    this.#within(() => {
      for (const place of places) {
        this.#along(place, new Allowance(backThere))
        this.#again.push(place)
      }
    })
    return this.#over(null)
  }

  /** What SQLite itself finds wrong, on the way to a row, is a finding of the file. */
  #within(work: () => void): void {
    this.#findings.check('file', this.#db.name, () => atOnce(this.#db, work))
  }

  #along(place: Place, allowance: Allowance): Place | null {
    let after: Place['after'] | undefined
    this.#findings.at(place)
    this.#findings.check('file', place.section, () => {
      after = this.#walkOf(place.section)(place.after, allowance)
    })
    if (after !== undefined) return { section: place.section, after }
    allowance.spend()
    return nextSection(place) ?? null
  }

  #walkOf(section: Section): Walk {
    const db = this.#db
    const findings = this.#findings
    const counting = (what: keyof Checked) => () => {
      this.#checked[what] += 1
    }
    switch (section) {
      case 'schema':
        return () => {
          this.#verifyAnchor()
          verifySchema(db, findings)
          return undefined
        }
      case 'file':
        return verifyFile(db, findings)
      case 'keys':
        return verifyKeys(db, findings)
      case 'journal':
        return verifyJournal(db, findings, counting('entries'))
      case 'lineages':
        return verifyControlRows(db, findings, { section, format: lineageFormat, keyed: 1 }, counting('lineages'))
      case 'revisions':
        return verifyRevisions(db, findings, counting('revisions'))
      case 'runs':
        return verifyRuns(db, findings, (what, count) => {
          this.#checked[what] += count
        }).walk
      case 'removed':
        return verifyRemoved(db, findings)
      case 'values':
        return verifyValues(db, findings, counting('values'))
      case 'signals':
        return verifyControlRows(db, findings, { section, format: signalFormat, keyed: 7 }, counting('signals'))
      case 'latencies':
        return verifyControlRows(db, findings, { section, format: latencyFormat, keyed: 2 })
      case 'breakers':
        return verifyControlRows(db, findings, { section, format: breakerFormat, keyed: 2 })
      case 'throttles':
        return verifyControlRows(db, findings, { section, format: throttleFormat, keyed: 2 })
    }
  }

  #verifyAnchor(): void {
    const { object, key } = ofAnchor
    this.#findings.check('journal', 'end', () => {
      const journal = journalReader(this.#db)
      const alarm = typeof this.#anchor === 'string' ? checkAnchor(this.#anchor, journal) : checkHead(this.#anchor, journal)
      if (alarm === null) this.#findings.sawWhole(object, key)
      else this.#findings.add(object, key, alarm.message)
    })
  }

  #over(next: Place | null): Leg {
    const nearest = nearestOf(this.#db)
    const isPast = pastReader(this.#db)
    // Of runs that are only counted, it is not looked at each time: there may be thousands.
    const nearestTo = (each: Found): number | null => (each.silent === 'counted' ? this.#known.get(keyOf(each))?.nearest : undefined) ?? nearest(each)
    const found = namedOnce(this.#findings.list).map((each) => {
      this.#goOn()
      const finding = { ...each, nearest: nearestTo(each) }
      return isPast(finding) ? { ...finding, isPast: true as const } : finding
    })
    const { whole } = this.#findings
    const again = this.#again
    const clear = this.#findings.clear(again)
    return { found, whole, again, clear, checked: this.#checked, next, done: next === null ? 1 : howFar(this.#db, next) }
  }
}

/** How far back the run of a finding is whole. */
function nearestOf(db: Database.Database): (found: Found) => number | null {
  const known = new Map<string, number | null>()
  const look = (found: Found): number | null => {
    if (found.run === null) return null
    const { run: id } = found
    try {
      return reading(db.name, () => {
        const run = runReader(db).byId(id)
        // Without the manifest nothing can be read of a run but its rows.
        if (run === undefined || ifWhole(() => revisionReader(db).manifest(run.record.revision)) === undefined) return null
        return nearestWholeReader(db)(run, run.ledger.checkpoints - 1)
      })
    } catch (error) {
      if (error instanceof CorruptionFound) return null
      throw error
    }
  }
  return (found) => {
    const key = found.run ?? ''
    const before = known.get(key)
    const nearest = before === undefined ? look(found) : before
    known.set(key, nearest)
    return nearest
  }
}
