/**
 * The one way out of the host: each answer, each item of a stream and each refusal goes through here before any transport
 * has it. What a schema marks as sensitive stays behind; nothing relies on whoever shows the rest.
 */
import type { Queries } from '../../engine/queries.ts'
import { Refused } from '../../model/control-errors.ts'
import { Failure } from '../../model/failure.ts'
import type { ServiceParts } from '../parts.ts'
import { Crossing } from './crossing.ts'
import { type Gate, gates, runOf } from './gates.ts'
import { Redactions } from './redaction.ts'

interface BorderParts extends Pick<ServiceParts, 'feed'> {
  readonly queries: Pick<Queries, 'sensitivity' | 'run' | 'value'>
}

export interface Border {
  /** What a procedure answers. `path` is its name in the contract. @throws CorruptionFound */
  answer(path: readonly string[], output: unknown, input: unknown): Promise<unknown>
  /** What is thrown instead. @throws CorruptionFound */
  refusal(error: unknown, input: unknown): Promise<unknown>
}

export function createBorder({ queries, feed }: BorderParts): Border {
  const redactions = new Redactions({ queries, feed })
  const through = new Crossing(redactions, queries)
  const byName = new Map<string, Gate<unknown>>(
    Object.entries(gates).flatMap(([noun, procedures]) => Object.entries<Gate<unknown>>(procedures).map(([name, gate]) => [`${noun}.${name}`, gate])),
  )

  return {
    async answer(path, output, input) {
      const gate = byName.get(path.join('.'))
      if (gate === undefined) throw new Error(`nothing says through what ${path.join('.')} leaves`)
      return gate.pass(output, through, input)
    },

    async refusal(error, input) {
      const run = runOf(input)
      if (!(error instanceof Refused) || run === null) return error
      const redaction = await redactions.of(run)
      return redaction === null ? error : new Refused(redaction.text(error.message), await through.rows(run, Failure, error.failures))
    },
  }
}
