import { implement } from '@orpc/server'
import { contract } from '../contract/index.ts'
import { isAnswer, toAnswer } from './answers.ts'
import { createBorder } from './border/border.ts'
import type { ServiceParts } from './parts.ts'

/**
 * The contract, ready to be given its handlers. Inputs are parsed; outputs are not parsed again: they come from the
 * store, which has checked them, and their types are the contract's.
 */
export function procedures(parts: Pick<ServiceParts, 'troubled' | 'queries' | 'feed'>) {
  const border = createBorder(parts)
  return implement(contract)
    .$config({ initialOutputValidationIndex: Number.NaN })
    .use(async ({ next, path }, input) => {
      try {
        const answered = await next()
        return { ...answered, output: await border.answer(path, answered.output, input) }
      } catch (error) {
        throw answerOrFault(await border.refusal(error, input), path.join('.'))
      }
    })

  function answerOrFault(error: unknown, procedure: string): unknown {
    const answer = toAnswer(error)
    if (!isAnswer(answer)) parts.troubled(`${procedure} failed`, error)
    return answer
  }
}

export type Procedures = ReturnType<typeof procedures>
