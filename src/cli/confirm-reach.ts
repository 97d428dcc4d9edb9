import type { Preview } from '../model/preview.ts'
import type { Context } from './context.ts'
import { UsageError } from './trouble.ts'

/** What touches the outside world cannot be taken back. @throws UsageError unless somebody says yes */
export async function confirmReach({ terminal, json }: Context, told: Preview, verb: string): Promise<void> {
  const { outside, inDoubt } = told
  const what = reachInWords(told)
  if (json || !terminal.asks) {
    const steps = [...outside, ...inDoubt].map(({ step }) => step).join(', ')
    throw new UsageError(`${what} (${steps}): --yes does it all the same`)
  }
  const answer = await terminal.ask(`${what}: ${verb}? [y/N] `)
  if (!/^y(es)?$/i.test(answer?.trim() ?? '')) throw new UsageError('nothing was changed')
}

function reachInWords({ outside }: Preview): string {
  if (outside.length === 0) return 'effects are left in doubt'
  return `this ${outside.some(({ certain }) => certain) ? 'touches' : 'may touch'} the outside world`
}
