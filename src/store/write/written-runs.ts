/**
 * Runs as they were last written, so that a commit does not read, check and parse again what the one before it wrote.
 *
 * Invariants:
 * 1. What is known here is what is stored: where anything is taken back, all of it is forgotten.
 * 2. It is bounded, however many runs are under way and however long they are.
 */
import type { RunId } from '../../model/ids.ts'
import type { StandingRun } from '../read/runs.ts'
import type { Follower } from './group.ts'

/** More runs than commit within a moment of each other. */
const mostRuns = 512
/** Rows of one run whose checksums are known: more than change in a few commits. */
const mostRows = 1_024

/** Checksums of rows of one run, by what names each of them. */
export class KnownRows {
  readonly #checksums = new Map<string, Buffer>()

  get(name: string): Buffer | undefined {
    return this.#checksums.get(name)
  }

  put(name: string, checksum: Buffer): void {
    if (this.#checksums.size === mostRows) this.#checksums.clear()
    this.#checksums.set(name, checksum)
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
