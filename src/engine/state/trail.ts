import type { Address } from '../../model/ids.ts'
import type { StepRecord } from '../../model/step.ts'
import type { Came } from '../detection/repetition.ts'

/** A completed pass, with what names its output once that was asked for. */
interface Trod extends Pick<StepRecord, 'step' | 'iteration'> {
  readonly order: number
  readonly output: Address
  to: string | undefined
}

/**
 * The passes of a branch in the order in which they completed, those of one turn by the names of their steps. What a fallback
 * came to stands once, as its own. A replay's passes of before are not among them.
 */
export class Trail {
  readonly #trod: Trod[]

  constructor(passes: Iterable<StepRecord>) {
    this.#trod = [...passes].flatMap(trodOf).toSorted((a, b) => (isBefore(a, b) ? -1 : 1))
  }

  /** The pass has just completed. */
  add(pass: StepRecord): void {
    for (const trod of trodOf(pass)) {
      const place = this.#trod.findLastIndex((other) => isBefore(other, trod))
      this.#trod.splice(place + 1, 0, trod)
    }
  }

  /**
   * Up to so many that completed last, oldest first, none of a turn before version `since`. `name` tells outputs apart; it is
   * asked once for each pass.
   */
  newest(count: number, since: number, name: (pass: Pick<Trod, 'step' | 'output'>) => string): readonly Came[] {
    const recent = this.#trod.slice(-count).filter(({ order }) => order >= since)
    return recent.map((trod) => {
      trod.to ??= name(trod)
      return { step: trod.step, iteration: trod.iteration, to: trod.to }
    })
  }
}

function trodOf({ step, iteration, status, order, output, via }: StepRecord): Trod[] {
  if (status !== 'completed' || order === null || output === null || via !== null) return []
  return [{ step, iteration, order, output, to: undefined }]
}

function isBefore(a: Trod, b: Trod): boolean {
  return a.order === b.order ? a.step < b.step : a.order < b.order
}
