import { NotFound } from '../model/control-errors.ts'
import { onRun, person } from './acting.ts'
import { assertRun } from './existing-run.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

export function decisions({ decisions: procedure }: Procedures, parts: ServiceParts) {
  const { control, queries } = parts

  return {
    list: procedure.list.handler(async ({ input: { run } }) => {
      if (run === undefined) return queries.pending()
      const listed = await queries.decisions(run)
      if (listed.length === 0) await assertRun(queries, run)
      return { decisions: [...listed], damaged: [] }
    }),

    get: procedure.get.handler(async ({ input }) => {
      const listed = await queries.decisions(input.run)
      const decision = listed.find((view) => view.decision.id === input.decision)
      if (decision !== undefined) return decision
      throw new NotFound('decision', input.decision, `decisions.list names those of run ${input.run}`)
    }),

    decide: procedure.decide.handler(({ input }) =>
      control.decide({
        ...onRun(parts, input, input.note),
        decision: input.decision,
        action: input.action,
        edit: input.edit ?? null,
        checkpoint: input.checkpoint ?? null,
      }),
    ),

    consequences: procedure.consequences.handler(async ({ input: { run, decision, note, edit, checkpoint = null, actor } }) => {
      const asked = { run, decision, note: note ?? null, edit: edit ?? null, checkpoint, actor: person(parts, actor) }
      const { version, actions } = await control.consequences(asked)
      return { version, actions: [...actions] }
    }),
  }
}
