import { z } from 'zod'
import { CorruptionFound } from '../../model/storage-errors.ts'

/** One thing that is not as it was written. */
export const Finding = z.object({ object: z.string(), key: z.string(), detail: z.string() })
export type Finding = z.infer<typeof Finding>

/** A store with this many is read no further: it is beyond being listed. */
const most = 1_000

export class Findings {
  readonly list: Finding[] = []

  add(object: string, key: string, detail: string): void {
    if (this.list.length < most) this.list.push({ object, key, detail })
  }

  /** Runs a check; what it throws is a finding and ends that check alone. */
  check(object: string, key: string, run: () => void): void {
    try {
      run()
    } catch (error) {
      if (error instanceof CorruptionFound) this.add(error.object, error.key, error.detail)
      else this.add(object, key, error instanceof Error ? error.message : String(error))
    }
  }
}
