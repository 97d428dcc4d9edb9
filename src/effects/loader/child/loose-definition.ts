/** A definition as far as it can be read, so that one wrong value does not hide what else is wrong. */
import { z } from 'zod'
import type { StepEdges } from '../../../model/step-edges.ts'

const Amounts = z.record(z.string(), z.number()).optional().catch(undefined)

const Step = z.object({
  id: z.string(),
  kind: z.string().catch(''),
  options: z.object({
    needs: z.array(z.string()).catch([]),
    fallback: z.string().nullable().catch(null),
    onlyAsFallback: z.boolean().catch(false),
    next: z.object({ to: z.array(z.string()) }).nullable().catch(null),
    edits: z.string().nullable().catch(null),
    output: z.unknown().optional(),
    sensitive: z.boolean().catch(false),
    uses: Amounts,
    holds: Amounts,
    savepoint: z.string().optional().catch(undefined),
    onFailure: z.object({ rollbackTo: z.string() }).optional().catch(undefined),
  }),
})

const Definition = z
  .object({
    input: z.unknown().optional(),
    context: z.unknown().optional(),
    steps: z.array(Step.nullable().catch(null)).catch([]),
  })
  .catch({ steps: [] })

interface LooseStep extends StepEdges {
  readonly kind: string
  /** Whether its author says so of all that it puts out. */
  readonly sensitive: boolean
  readonly edits: { readonly step: string; readonly path: readonly string[] } | null
  readonly output?: unknown
}

export interface LooseDefinition {
  readonly input: unknown
  readonly context: unknown
  readonly steps: readonly LooseStep[]
}

export function readLoosely(definition: unknown): LooseDefinition {
  const { input, context, steps } = Definition.parse(definition)
  return {
    input,
    context,
    steps: steps.flatMap((step) => {
      if (step === null) return []
      const { next, edits, onFailure, ...options } = step.options
      const rollback = onFailure && { to: onFailure.rollbackTo }
      return [{ ...options, id: step.id, kind: step.kind, loop: next, rollback, edits: edits === null ? null : editPath(edits) }]
    }),
  }
}

/** `draft.body` is `body` of the output of `draft`. */
export function editPath(written: string): { readonly step: string; readonly path: string[] } {
  const [step = '', ...path] = written.split('.')
  return { step, path }
}
