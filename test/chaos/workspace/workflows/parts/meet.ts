import { setTimeout as delay } from 'node:timers/promises'
import { goesWrong, type Input, tell } from './injector.ts'

/** Comes to its end once the other side holds what it holds. The later of the two closes the circle. */
export async function meet(input: Input, mine: string, theirs: string, signal: AbortSignal): Promise<void> {
  await tell(input, `did/${mine}`)
  while ((await tell(input, `has/${theirs}`)) === 'no') await delay(10, undefined, { signal })
  if (!(await goesWrong(input))) await tell(input, 'now')
}
