import type { Checkpoint } from '../../model/checkpoint.ts'
import type { Address } from '../../model/ids.ts'
import type { RunRow } from '../format/rows.ts'
import type { RunRows } from './run-rows.ts'

/** The values that the changes of a checkpoint name. */
export function addressesIn({ changes }: Checkpoint): Address[] {
  return changes.flatMap((change) => ('address' in change ? [change.address] : []))
}

/** The values that a run's control rows name. */
export function addressesOf({ record }: RunRow, { steps, decisions }: RunRows): Address[] {
  const named = [
    record.input,
    record.context,
    ...steps.map(({ output }) => output),
    ...decisions.flatMap(({ shown, edits, edit }) => [shown, edits?.of ?? null, edit]),
  ]
  return named.filter((address) => address !== null)
}
