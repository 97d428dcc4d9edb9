/**
 * The store is gone around again and again, a little at each visit: what is new first, then what comes next.
 *
 * Invariants:
 * 1. A visit takes a bounded time, however large the store is and however much of it is new.
 * 2. What is found stands until it was looked at again and is whole (`standing.ts`).
 */
import type Database from 'better-sqlite3'
import { z } from 'zod'
import { Position } from '../../model/entry.ts'
import { Checked, Counted, isOfRevision } from '../../model/integrity.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { journalReader } from '../read/journal.ts'
import { Allowance } from './allowance.ts'
import { Found } from './findings.ts'
import { Place, start } from './place.ts'
import { nothingChecked, Round } from './round.ts'
import { standing } from './standing.ts'

/** Bytes of rows that are looked at in a visit because they are new, and because their turn has come: half a second of a core. */
const freshShare = 4_000_000
const turnShare = 8_000_000
/** How many places are looked at again at a visit: those of a store with more are beyond being mended one by one. */
const mostAgain = 50
/** Entries that are new and looked at for it: where there are more, the others' turn comes later. */
const mostFresh = 2_000

/** Where a patrol has come to. It is kept beside the store, so that a host goes on where the one before it stopped. */
export const PatrolState = z.object({
  /** What comes next. */
  next: Place,
  /** Entries up to here are not new any more. */
  fresh: Position,
  /** How much was looked at since this round began, and in the one before it. */
  now: Checked,
  before: Checked.nullable(),
  found: z.array(Found),
  /** Where something was found by who could not tell of it: looked at first. */
  suspects: z.array(Place).default([]),
})
export type PatrolState = z.infer<typeof PatrolState>

export const newPatrol: PatrolState = { next: start, fresh: 0, now: nothingChecked, before: null, found: [], suspects: [] }

/** What a visit came to. */
export interface Visit {
  readonly state: PatrolState
  /** It has come once around. */
  readonly isRound: boolean
}

/** @throws GivenUp where `goOn` does, which is called before each row */
export function visit(db: Database.Database, anchor: string, state: PatrolState, goOn: () => void): Visit {
  const round = (): Round => new Round(db, anchor, goOn, state.found)
  const head = headOf(db, state.fresh)
  const places = distinct(state.found.flatMap(placesOf)).slice(0, mostAgain)
  const again = round().again(distinct([...places, ...state.suspects]))
  const news = round().fresh(Math.max(Math.min(state.fresh, head), head - mostFresh), new Allowance(freshShare))
  // SQLite's own check of a table takes as long as the table is large: only who asks for all waits for it.
  const leg = round().leg(state.next, new Allowance(turnShare), 'file')
  const isRound = leg.next === null
  const now = sum(state.now, leg.checked)
  return {
    isRound,
    state: {
      next: leg.next ?? start,
      fresh: head,
      now: isRound ? nothingChecked : now,
      before: isRound ? now : state.before,
      suspects: [],
      found: standing(state.found, [again, news, leg]),
    },
  }
}

/** Where it was met; and of code, met by a run perhaps, where that stands itself. */
function placesOf({ object, key, place }: Found): Place[] {
  return isOfRevision({ object }) ? [place, { section: 'revisions', after: [key.slice(0, -1)] }] : [place]
}

function distinct(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()]
}

/** Where the journal ends; where it has no end, the walk along it says so. */
function headOf(db: Database.Database, otherwise: Position): Position {
  try {
    return journalReader(db).head().position
  } catch (error) {
    if (error instanceof CorruptionFound) return otherwise
    throw error
  }
}

export function sum(a: Checked, b: Checked): Checked {
  return Checked.parse(Object.fromEntries(Counted.options.map((what) => [what, a[what] + b[what]])))
}
