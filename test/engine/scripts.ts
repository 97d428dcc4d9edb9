/** What steps of these tests answer, and what a person says to an engine. */
import type { Json } from '../../src/model/json.ts'
import { type Policy, Rules, usualPolicy } from '../../src/model/policy/policy.ts'
import { completed, failed, person, type Workbench } from './workbench.ts'

export const asks = () => ({ type: 'asked', shown: { question: 'send it?' } }) as const
export const skipped = () => ({ type: 'skipped' }) as const
export const fails = () => failed('permanent')
export const hangs = () => undefined
/** What a step gives to its child. */
export const calls = (input: Json = {}) => () => ({ type: 'calls', input, context: {} }) as const

/** Options of a step: it touches the outside world, and may not do so twice; it runs only in another's place. */
export const unsafe = { effect: { repeat: 'unsafe' } } as const
export const standIn = { onlyAsFallback: true } as const

/** A step that may be left out, and a workspace that has a person asked before it is. */
export const asking = { onFailure: 'ask', optional: true } as const
const asked: Policy = { ...usualPolicy, usual: Rules.parse({ recovery: { chain: ['retry', 'ask', 'fail'] } }) }
export const asksFirst = (): Policy => asked

export const byPerson = { seen: null, actor: person, reason: null } as const

/** Says that the nth task of a step has completed, long after it began. */
export function answer(bench: Workbench, id: string, nth: number, result = completed(`${id} late`)): Promise<void> {
  const task = bench.execution.tasks.filter(({ ref }) => ref.step === id)[nth - 1]
  if (task === undefined) throw new Error(`${id} was not started ${nth} times`)
  bench.execution.sink?.ended(task.ref, result)
  return bench.settle()
}
