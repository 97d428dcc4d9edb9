/**
 * Which values of a lineage go as its runs do, one after the other, or give up checkpoints: a run and its replays share them, so that
 * one goes with the last that names it.
 *
 * Invariants:
 * 1. Each run is read once, as of one committed moment. What it comes to name behind that is journaled: whoever removes takes it off.
 * 2. No value goes twice.
 */
import type Database from 'better-sqlite3'
import { ifWhole } from '../read/if-whole.ts'
import { currentRowReader } from '../read/current-row.ts'
import { atOnce } from '../sqlite/at-once.ts'
import { nameReader, type StoredValue, valueLister } from './values-of-lineage.ts'

interface Held {
  readonly value: StoredValue
  /** How many runs name it. */
  by: number
  isGone: boolean
}

/** What a run names; undefined where it cannot be read. */
type ReadNames = (run: number) => Iterable<string> | undefined

export class SharedValues {
  readonly #readNames: ReadNames
  readonly #held: Map<string, Held>
  readonly #names = new Map<number, readonly Held[]>()
  readonly #unread: Set<number>
  readonly #damaged = new Set<number>()
  /** Those that may have come to be named by nobody. */
  #loose: Held[]

  /** `runs` are those that are there. */
  constructor(values: readonly StoredValue[], runs: readonly number[], readNames: ReadNames) {
    this.#readNames = readNames
    this.#held = new Map(values.map((value) => [value.address, { value, by: 0, isGone: false }]))
    this.#unread = new Set(runs)
    this.#loose = [...this.#held.values()]
  }

  /** Whether no run is there but, it may be, this one. */
  isAlone(run: number): boolean {
    return [this.#names, this.#unread, this.#damaged].every((runs) => runs.size === (runs.has(run) ? 1 : 0))
  }

  /** Whether all runs beside this one can be read: what goes with it is not known before. */
  isKnownBeside(run: number): boolean {
    for (const each of this.#unread) {
      if (each === run) continue
      const names = this.#readNames(each)
      this.#unread.delete(each)
      if (names === undefined) this.#damaged.add(each)
      else this.#put(each, names)
    }
    return this.#damaged.size === (this.#damaged.has(run) ? 1 : 0)
  }

  /** What goes with a run. */
  without(run: number): StoredValue[] {
    this.#drop(run)
    const taken = this.#taken(() => true)
    if (this.isAlone(run)) this.#held.clear()
    return taken
  }

  /**
   * What goes with checkpoints of a run that names no more than this from then on. What is sensitive stays as long as the run does: texts
   * that it was heard saying are searched for it.
   */
  trimmed(run: number, names: Iterable<string>): StoredValue[] {
    this.#put(run, names)
    return this.#taken(({ isSensitive }) => !isSensitive)
  }

  #put(run: number, names: Iterable<string>): void {
    const held = [...names].flatMap((address) => this.#held.get(address) ?? [])
    for (const each of held) each.by += 1
    this.#drop(run)
    this.#names.set(run, held)
  }

  #drop(run: number): void {
    for (const each of this.#names.get(run) ?? []) {
      each.by -= 1
      if (each.by === 0) this.#loose.push(each)
    }
    for (const runs of [this.#names, this.#unread, this.#damaged]) runs.delete(run)
  }

  /** Those that nobody names, in the order of their addresses. */
  #taken(goes: (value: StoredValue) => boolean): StoredValue[] {
    const taken = new Set(this.#loose.filter(({ value, by, isGone }) => by === 0 && !isGone && goes(value)))
    this.#loose = []
    for (const each of taken) each.isGone = true
    return [...taken].map(({ value }) => value).toSorted((one, other) => (one.address < other.address ? -1 : 1))
  }
}

/** The values of each lineage that is asked for: the same each time, until they are forgotten. `kinOf` tells the runs of it that are there. */
export function sharedValues(db: Database.Database, kinOf: (lineage: number) => readonly number[], goOn: () => void) {
  const list = valueLister(db)
  const runs = currentRowReader(db)
  const namesOf = nameReader(db)
  const known = new Map<number, SharedValues>()

  const readNames: ReadNames = (run) => {
    goOn()
    return ifWhole(() => atOnce(db, () => namesOf(runs.byNumber(run))))
  }

  return {
    of: (lineage: number): SharedValues => {
      const shared = known.get(lineage) ?? new SharedValues(list(lineage), kinOf(lineage), readNames)
      known.set(lineage, shared)
      return shared
    },

    forget: (lineage: number): unknown => known.delete(lineage),
  }
}
