import { counted } from '../../model/counted.ts'
import type { RunId } from '../../model/ids.ts'
import type { DamagedRuns } from '../../model/views.ts'
import type { Context } from '../context.ts'
import { plain } from '../paint.ts'

/** How many are named: those of a store that has more are beyond being looked at one by one. */
const mostNamed = 20

/** Says which runs a list is without, since they are damaged. */
export function tellDamaged({ terminal }: Context, damaged: DamagedRuns): void {
  if (damaged.length === 0) return
  const are = `${counted(damaged.length, 'run is', 'runs are')} damaged, and not told of here`
  terminal.err(`${are}: ${named(damaged)}; cairn verify says what is damaged, and what to do`)
}

/** Says which checkpoints of a run are damaged, and what then holds. */
export function tellDamagedCheckpoints({ terminal }: Context, run: RunId, damaged: readonly number[]): void {
  if (damaged.length === 0) return
  const are = `${counted(damaged.length, 'checkpoint is', 'checkpoints are')} damaged, and cannot be gone back to`
  terminal.err(`${are}: ${named(damaged.map(String))}; cairn verify says what is damaged of run ${run}, and what to do`)
}

function named(damaged: readonly string[]): string {
  const more = damaged.length > mostNamed ? `, and ${damaged.length - mostNamed} more` : ''
  return `${damaged.slice(0, mostNamed).map(plain).join(', ')}${more}`
}
