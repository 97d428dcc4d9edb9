/**
 * What the checkpoints of a run come to, put together from their deltas alone, as a restore would. It must say of every
 * step what the rows say.
 */
import { isDeepStrictEqual } from 'node:util'
import { type CheckpointDraft, factKey, outputKey, type StepFact } from '../../src/model/checkpoint.ts'
import type { StepRecord } from '../../src/model/step.ts'
import type { StoredRun } from '../../src/engine/ports.ts'

type Held = string | StepFact

export class CheckpointFold {
  #held = new Map<string, Held>()
  /** The state at each checkpoint. */
  readonly #known: ReadonlyMap<string, Held>[] = []
  #head = -1

  /** A branch begins from a checkpoint. */
  goBack(to: number): void {
    this.#held = new Map(this.#known[to])
  }

  add({ number, changes }: CheckpointDraft): void {
    this.#head = number
    for (const change of changes) {
      if ('gone' in change) this.#held.delete(change.key)
      else this.#held.set(change.key, 'fact' in change ? change.fact : change.address)
    }
    this.#known[number] = new Map(this.#held)
  }

  /** Where the rows say one thing and the checkpoints another; undefined where they agree. */
  difference({ record, steps }: StoredRun): string | undefined {
    if (record.head !== this.#head) return `the head is ${record.head}, the newest checkpoint ${this.#head}`
    const outputs = new Map<string, Held>()
    const present = new Map<string, StepRecord>()
    for (const pass of steps) {
      if (pass.output !== null) outputs.set(outputKey(pass.step, pass.iteration), pass.output)
      if ((present.get(pass.step)?.iteration ?? 0) < pass.iteration) present.set(pass.step, pass)
    }
    for (const pass of present.values()) {
      const expected = factOf(pass, record.loops[pass.step])
      const fact = this.#held.get(factKey(pass.step)) ?? untouched
      if (!isDeepStrictEqual(fact, expected)) return `${pass.step} is ${JSON.stringify(expected)}, not ${JSON.stringify(fact)}`
    }
    const held = new Map([...this.#held].filter(([key]) => key.startsWith('output/')))
    return isDeepStrictEqual(held, outputs) ? undefined : `outputs are ${told(outputs)}, not ${told(held)}`
  }
}

const untouched: StepFact = { iteration: 1, status: 'pending' }

function factOf({ iteration, status, via, skipped }: StepRecord, loops: number | undefined): StepFact {
  return {
    iteration,
    status: status === 'completed' || status === 'skipped' || status === 'failed' ? status : 'pending',
    ...(via === null ? {} : { via }),
    ...(skipped === null ? {} : { skipped }),
    ...(loops === undefined ? {} : { loops }),
  }
}

function told(entries: ReadonlyMap<string, Held>): string {
  return JSON.stringify([...entries])
}
