import { implement } from '@orpc/server'
import { contract } from '../contract/index.ts'
import { isAnswer, toAnswer } from './answers.ts'
import type { ServiceParts } from './parts.ts'

/**
 * The contract, ready to be given its handlers. Inputs are parsed; outputs are not parsed again: they come from the
 * store, which has checked them, and their types are the contract's.
 */
export function procedures(parts: Pick<ServiceParts, 'troubled'>) {
  return implement(contract)
    .$config({ initialOutputValidationIndex: Number.NaN })
    .use(async ({ next, path }) => {
      try {
        return await next()
      } catch (error) {
        throw answerOrFault(error, path.join('.'))
      }
    })

  function answerOrFault(error: unknown, procedure: string): unknown {
    const answer = toAnswer(error)
    if (!isAnswer(answer)) parts.troubled(`${procedure} failed`, error)
    return answer
  }
}

export type Procedures = ReturnType<typeof procedures>
