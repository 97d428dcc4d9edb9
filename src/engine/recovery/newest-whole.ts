import { CorruptionFound } from '../../model/storage-errors.ts'
import type { Moment } from '../ports.ts'

/** The newest checkpoint of a run that is whole, as far as its head; null where none is. `moment` reads one of it. */
export function newestWhole(moment: (checkpoint: number) => Moment | undefined, head: number): number | null {
  try {
    return moment(head) === undefined ? null : head
  } catch (error) {
    if (error instanceof CorruptionFound) return error.nearest ?? null
    throw error
  }
}
