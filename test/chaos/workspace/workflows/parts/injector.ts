/**
 * How a workflow speaks with whoever makes it go wrong: outside of Cairn, so that what was done is counted by who did it.
 */
import { z } from 'cairn'

export const Input = z.object({
  /** Which of all that is tried this is. */
  case: z.string(),
  /** Where the injector listens. */
  injector: z.string(),
  /** An address at which nobody does. */
  nobody: z.string(),
})
export type Input = z.infer<typeof Input>

/** Tries follow one another at once: what is measured is not the backoff. */
export const quick = { attempts: 4, initial: '10ms', max: '10ms' } as const

/** Says what is done; answers what is said to that. */
export async function tell({ injector, case: id }: Input, what: string): Promise<string> {
  const answer = await fetch(`${injector}/${id}/${what}`)
  return answer.text()
}

/** Whether this is to go wrong now; `as` is what it is to be found as, where that is another class than its case is of. */
export async function goesWrong(input: Input, as = ''): Promise<boolean> {
  return (await tell(input, `goes-wrong/${as}`)) === 'yes'
}

/** Where the injector answers a request of a step, well or not. */
export function at({ injector, case: id }: Input): string {
  return `${injector}/${id}/ask`
}

/** Does not come to an end by itself. */
export function sit(signal?: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setInterval(() => undefined, 1_000)
    signal?.addEventListener('abort', () => {
      clearInterval(timer)
      reject(new Error('stopped'))
    })
  })
}
