import { NotFound } from '../model/control-errors.ts'
import { onRun, person } from './acting.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

export function decisions({ decisions: procedure }: Procedures, parts: ServiceParts) {
  const { control, queries } = parts

  return {
    list: procedure.list.handler(async ({ input }) => ({ decisions: [...(await queries.decisions(input.run ?? null))] })),

    get: procedure.get.handler(async ({ input }) => {
      const ofRun = await queries.decisions(input.run)
      const decision = ofRun.find((view) => view.decision.id === input.decision)
      if (decision !== undefined) return decision
      throw new NotFound('decision', input.decision, `decisions.list names those of run ${input.run}`)
    }),

    decide: procedure.decide.handler(({ input }) =>
      control.decide({
        ...onRun(parts, input, input.note),
        decision: input.decision,
        action: input.action,
        edit: input.edit ?? null,
      }),
    ),

    consequences: procedure.consequences.handler(async ({ input: { run, decision, note, edit, actor } }) => {
      const asked = { run, decision, note: note ?? null, edit: edit ?? null, actor: person(parts, actor) }
      const { version, actions } = await control.consequences(asked)
      return { version, actions: [...actions] }
    }),
  }
}
