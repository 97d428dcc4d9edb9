/**
 * States as they were read last, by a connection.
 *
 * The checksum of a checkpoint covers all that came before it: a state that was read under one is the state wherever that checksum
 * recomputes. So what is stored is read and checked each time, and only what came since has to be parsed.
 */
import type Database from 'better-sqlite3'
import type { Checksum } from '../../model/ids.ts'
import type { StateMap } from '../format/delta.ts'

/** Keys of states in all: a few states of a run that is long, and many of short ones. */
const mostKeys = 20_000

class ReadStates {
  readonly #states = new Map<Checksum, StateMap>()
  #keys = 0

  get(checksum: Checksum | undefined): StateMap | undefined {
    return checksum && this.#states.get(checksum)
  }

  put(checksum: Checksum, state: StateMap): void {
    if (this.#states.has(checksum) || state.size > mostKeys) return
    this.#states.set(checksum, state)
    this.#keys += state.size
    for (const [oldest, { size }] of this.#states) {
      if (this.#keys <= mostKeys) break
      this.#states.delete(oldest)
      this.#keys -= size
    }
  }
}

const all = new WeakMap<Database.Database, ReadStates>()

export function readStatesOf(db: Database.Database): ReadStates {
  const known = all.get(db) ?? new ReadStates()
  all.set(db, known)
  return known
}
