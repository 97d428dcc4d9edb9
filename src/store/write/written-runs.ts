/**
 * Runs as they were last written, so that a commit does not read, check and parse again what the one before it wrote.
 *
 * Invariants:
 * 1. What is known here is what is stored: where anything is taken back, all of it is forgotten.
 * 2. It is bounded, however many runs are under way and however long they are.
 */
import type { DecisionRecord } from '../../model/decision.ts'
import type { ErrorRecord } from '../../model/error-record.ts'
import type { RunId } from '../../model/ids.ts'
import type { AttemptRecord } from '../../model/step.ts'
import type { PassRow } from '../format/pass.ts'
import type { BranchRow } from '../format/rows.ts'
import type { StandingRun } from '../read/runs.ts'
import type { Follower } from './group.ts'

/** More runs than commit within a moment of each other. */
const mostRuns = 512
/** Rows of one kind of one run: more than change in a few commits. */
const mostRows = 128

/** A row as it was last written. */
export interface KnownRow<T> {
  readonly value: T
  readonly checksum: Buffer
}

/** Rows of one kind of one run, by their keys. */
export class Known<T> {
  readonly #rows = new Map<string, KnownRow<T>>()
  #isAll: boolean

  constructor(isAll: boolean) {
    this.#isAll = isAll
  }

  /** Whether there is no row but those that are known. */
  get isAll(): boolean {
    return this.#isAll
  }

  get(key: string): KnownRow<T> | undefined {
    return this.#rows.get(key)
  }

  put(key: string, row: KnownRow<T>): void {
    if (this.#rows.size === mostRows) {
      this.#rows.clear()
      this.#isAll = false
    }
    this.#rows.set(key, row)
  }
}

/** What is known of the rows of one run. Of one that is new, that is all there is. */
export class KnownRows {
  readonly branches: Known<BranchRow>
  readonly passes: Known<PassRow>
  readonly attempts: Known<AttemptRecord>
  readonly decisions: Known<DecisionRecord>
  readonly errors: Known<ErrorRecord>

  constructor(isNew: boolean) {
    this.branches = new Known(isNew)
    this.passes = new Known(isNew)
    this.attempts = new Known(isNew)
    this.decisions = new Known(isNew)
    this.errors = new Known(isNew)
  }
}

export interface WrittenRun extends StandingRun {
  readonly rows: KnownRows
}

export class WrittenRuns implements Follower {
  readonly #runs = new Map<RunId, WrittenRun>()

  get(run: RunId): WrittenRun | undefined {
    return this.#runs.get(run)
  }

  /** The run goes on from this. */
  put(run: RunId, written: WrittenRun): void {
    this.#runs.delete(run)
    this.#runs.set(run, written)
    for (const [oldest] of this.#runs) {
      if (this.#runs.size <= mostRuns) break
      this.#runs.delete(oldest)
    }
  }

  /** The run goes on no more, as far as one can see. */
  drop(run: RunId): void {
    this.#runs.delete(run)
  }

  mark(): () => void {
    return () => this.#runs.clear()
  }
}
