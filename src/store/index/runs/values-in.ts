import { inputKey, outputKey } from '../../../model/checkpoint.ts'
import type { RunEntry } from '../../../model/entry.ts'
import type { Address } from '../../../model/ids.ts'
import type { StepRecord } from '../../../model/step.ts'

/** The values that a run came to have in these entries, each with its key in the state; its context is not searched. */
export function valuesIn(entries: readonly RunEntry[]): Map<Address, string> {
  const found = new Map<Address, string>()
  for (const { events } of entries) {
    for (const event of events) for (const [key, address] of valuesOf(event)) if (address !== null) found.set(address, key)
  }
  return found
}

function valuesOf(event: RunEntry['events'][number]): readonly (readonly [key: string, address: Address | null])[] {
  switch (event.type) {
    case 'run_created':
      return [[inputKey, event.run.input], ...event.passes.map(outputOf)]
    // A migration may have made other values of them.
    case 'run_restored':
      return [[inputKey, event.basis?.input ?? null], ...event.passes.map(outputOf)]
    case 'step_completed':
    case 'output_edited':
      return [outputOf(event)]
    default:
      return []
  }
}

function outputOf({ step, iteration, output }: Pick<StepRecord, 'step' | 'iteration' | 'output'>) {
  return [outputKey(step, iteration), output] as const
}
