import type { DamagedRuns } from '../../model/views.ts'
import type { Context } from '../context.ts'
import { plain } from '../paint.ts'

/** How many are named: those of a store that has more are beyond being looked at one by one. */
const mostNamed = 20

/** Says which runs a list is without, since they are damaged. */
export function tellDamaged({ terminal }: Context, damaged: DamagedRuns): void {
  if (damaged.length === 0) return
  const more = damaged.length > mostNamed ? `, and ${damaged.length - mostNamed} more` : ''
  const names = `${damaged.slice(0, mostNamed).map(plain).join(', ')}${more}`
  const are = damaged.length === 1 ? '1 run is damaged, and not told of here' : `${damaged.length} runs are damaged, and not told of here`
  terminal.err(`${are}: ${names}; cairn verify says what is damaged, and what to do`)
}
