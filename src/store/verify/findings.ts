import { z } from 'zod'
import { CorruptionFound, GivenUp } from '../../model/storage-errors.ts'
import { damageOf } from '../sqlite/reading.ts'

/** One thing that is not as it was written. */
export const Finding = z.object({ object: z.string(), key: z.string(), detail: z.string() })
export type Finding = z.infer<typeof Finding>

/** A store with this many is read no further: it is beyond being listed. */
const most = 1_000

export class Findings {
  readonly list: Finding[] = []
  readonly #goOn: () => void

  /** `goOn` is called before each check. Where it throws `GivenUp`, the walk is over. */
  constructor(goOn: () => void) {
    this.#goOn = goOn
  }

  add(object: string, key: string, detail: string): void {
    if (this.list.length < most) this.list.push({ object, key, detail })
  }

  /** Runs a check; what it throws is a finding and ends that check alone. What SQLite itself throws is of the file. */
  check(object: string, key: string, run: () => void): void {
    try {
      this.#goOn()
      run()
    } catch (error) {
      if (error instanceof GivenUp) throw error
      const found = damageOf(`at ${object} ${key}`, error) ?? error
      if (found instanceof CorruptionFound) this.add(found.object, found.key, found.detail)
      else this.add(object, key, found instanceof Error ? found.message : String(found))
    }
  }
}
