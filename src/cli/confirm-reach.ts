import { reachesOut } from '../model/child-ahead.ts'
import type { Preview } from '../model/preview.ts'
import type { Context } from './context.ts'
import { UsageError } from './trouble.ts'

/** What touches the outside world cannot be taken back. @throws UsageError unless somebody says yes */
export async function confirmReach({ terminal, json }: Context, told: Preview, verb: string): Promise<void> {
  const { outside, inDoubt, children } = told
  const what = reachInWords(told)
  if (json || !terminal.asks) {
    const below = children.filter(reachesOut).map(({ path }) => path.join(' > '))
    const steps = [...[...outside, ...inDoubt].map(({ step }) => step), ...new Set(below)].join(', ')
    throw new UsageError(`${what} (${steps}): --yes does it all the same`)
  }
  const answer = await terminal.ask(`${what}: ${verb}? [y/N] `)
  if (!/^y(es)?$/i.test(answer?.trim() ?? '')) throw new UsageError('nothing was changed')
}

function reachInWords({ outside, children }: Preview): string {
  const all = [...outside, ...children.flatMap((child) => child.outside)]
  if (all.length === 0) return children.some(({ unknown }) => unknown !== null) ? 'this may touch the outside world' : 'effects are left in doubt'
  return `this ${all.some(({ certain }) => certain) ? 'touches' : 'may touch'} the outside world`
}
