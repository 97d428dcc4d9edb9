import { counted } from '../../../model/counted.ts'
import type { QueueStanding } from '../../../model/resource.ts'

export interface LimitWords {
  readonly what: string
  /** The workflow that it is of, or null where it is over all. */
  readonly workflow: string | null
  /** Where the settings say it. */
  readonly setting: string
}

/** `@attempts/release/deploy` is how many attempts of one step go on at once. */
export function limitInWords(name: string): LimitWords {
  const [what = 'runs', workflow = null, step] = name.slice(1).split('/')
  const title = what === 'runs' ? 'Runs' : 'Attempts'
  if (workflow === null) return { what: `${title}, over all`, workflow, setting: `limits.${what}` }
  if (step === undefined) return { what: `${title} of`, workflow, setting: `bulkhead.${what}` }
  return { what: `${title} of ${step} in`, workflow, setting: 'concurrency.attempts' }
}

export function queueInWords({ queued, most }: QueueStanding): string {
  if (most === 0) return 'No run may wait to begin'
  const may = `${most.toLocaleString('en')} may`
  if (queued >= most) return `The queue is full: ${counted(queued, 'run waits', 'runs wait')} to begin, no more may`
  if (queued === 0) return `No run waits to begin, ${may}`
  return `${counted(queued, 'run waits', 'runs wait')} to begin, ${may}`
}

export function closedInWords(name: string): string {
  return `There is none of it: whatever uses it waits until resources.${name} says otherwise.`
}
