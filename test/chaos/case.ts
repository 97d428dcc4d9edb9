import type { FailureClass } from '../../src/model/failure.ts'
import type { Instant, RunId } from '../../src/model/ids.ts'
import type { Measure } from '../../src/model/recovery-strategy.ts'
import { isEnded, type RunStatus } from '../../src/model/status.ts'
import { knowableAt } from './knowable.ts'
import type { Scenario } from './scenario.ts'

/** Something that was done, by who did it. */
export interface Injection {
  /** What it is to be found as. */
  readonly class: FailureClass
  /** When; for what begins slowly, when it has come so far that it can be known. */
  readonly at: Instant
  readonly knowable: Instant
}

/** Something that Cairn said was wrong: when whoever follows the journal heard of it. */
export interface Found {
  readonly class: FailureClass
  readonly name: string
  readonly at: Instant
}

/** One run of the chaos: what is done to it, what is said of it, and what came of it. A clean one has no scenario. */
export class Case {
  readonly id: string
  readonly scenario: Scenario | null
  /** Set once it is started. */
  run: RunId | null = null
  readonly injections: Injection[] = []
  readonly found: Found[] = []
  /** What its handlers have said that they did, in order. */
  readonly world: string[] = []
  readonly measures = new Set<Measure>()
  /** How often a person was asked. */
  asked = 0
  /** When the last of its errors was over. */
  recoveredAt: Instant | null = null
  status: RunStatus | null = null
  /** How many of its mails have arrived whole. */
  readonly mails: () => number
  readonly #waiting = new Set<() => void>()

  constructor(id: string, scenario: Scenario | null, mails: () => number) {
    this.id = id
    this.mails = mails
    this.scenario = scenario
  }

  /** Whether it is to go wrong now; if so, that is counted. Left out, it is to be found as what the scenario is of. */
  goesWrong(as?: FailureClass): boolean {
    if (this.scenario === null || this.injections.length >= (this.scenario.times ?? 1)) return false
    this.inject(as)
    return true
  }

  inject(as = this.scenario?.class, at: Instant = Date.now()): void {
    if (this.scenario === null || as === undefined) throw new Error(`nothing is to go wrong with ${this.id}`)
    this.injections.push({ class: as, at, knowable: knowableAt(this.scenario, at) })
  }

  /** What was injected last has come so far only now that it can be known. */
  isKnowableNow(): void {
    const last = this.injections.pop()
    if (last !== undefined) this.inject(last.class)
  }

  /** Something of it has changed. */
  touched(): void {
    for (const look of this.#waiting) look()
  }

  /** Resolves once it is so; it may have been before. */
  until(isSo: (about: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isSo(this)) return
        this.#waiting.delete(look)
        resolve()
      }
      this.#waiting.add(look)
      look()
    })
  }

  ended(): Promise<void> {
    return this.until(({ status }) => status !== null && isEnded(status))
  }
}
