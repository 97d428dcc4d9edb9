import type { AttentionItem } from '../model/attention.ts'
import type { DecisionView } from '../model/views.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

const day = 86_400_000
const mostQuarantined = 100

export function attention({ attention: procedure }: Procedures, parts: ServiceParts) {
  const { catalog, clock, figures, integrity, queries } = parts

  return {
    /**
     * First what puts the store in doubt, then who waits for a person, the nearest deadline before any other, then what
     * has failed, then what nobody can start.
     */
    list: procedure.list.handler(async ({ input: { since = Math.max(0, clock.now() - day) } }) => {
      const [decisions, quarantined, failures] = await Promise.all([
        queries.decisions(null),
        queries.runs({ status: ['quarantined'], limit: mostQuarantined }),
        figures.failures(since),
      ])
      const items: AttentionItem[] = [
        ...integrity.alarms().map((failure) => ({ kind: 'alarm' as const, failure })),
        ...quarantined.runs.map((run) => ({ kind: 'quarantined' as const, run })),
        ...decisions.toSorted(byUrgency).map((view) => ({ kind: 'decision' as const, view })),
        ...failures.map((group) => ({ kind: 'failures' as const, ...group })),
        ...catalog.list().flatMap((entry) => {
          if (entry.state !== 'refused') return []
          const { file, name, failures: reasons } = entry
          return [{ kind: 'workflow_refused' as const, file, name, failures: reasons }]
        }),
      ]
      return { items }
    }),
  }
}

/** The nearest deadline first; without one, whoever has waited longest. */
function byUrgency({ decision: a }: DecisionView, { decision: b }: DecisionView): number {
  const [first, second] = [a.deadline ?? Number.MAX_SAFE_INTEGER, b.deadline ?? Number.MAX_SAFE_INTEGER]
  return first - second || a.openedAt - b.openedAt
}
