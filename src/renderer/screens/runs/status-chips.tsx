import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Outputs } from '../../../contract/index.ts'
import { RunStatus } from '../../../model/status.ts'
import { useApi } from '../../state/client.ts'
import { lookOfRun, type Look } from '../../widgets/status/look.ts'
import { StatusBadge } from '../../widgets/status/status-badge.tsx'
import { statusesIn, withoutStatus, withStatuses } from './status-terms.ts'

interface Choice {
  /** As a query writes it. */
  readonly status: string
  readonly look: Look
  /** Its count is asked for by itself: how many runs wait is known, but not for what. */
  readonly isReason?: boolean
}

const byName = (status: RunStatus): Choice => ({ status, look: lookOfRun({ status, waiting: null }) })
const order: readonly RunStatus[] = ['running', 'waiting', 'queued', 'paused', 'compensating', 'failed', 'quarantined', 'completed', 'cancelled']
const choices: readonly Choice[] = order.flatMap((status) =>
  status === 'waiting'
    ? [
        { status: 'waiting:decision', look: lookOfRun({ status, waiting: 'decision' }), isReason: true },
        byName(status),
      ]
    : [byName(status)],
)

interface StatusChipsProps {
  readonly query: string
  readonly canAsk: boolean
  readonly onQuery: (query: string) => void
}

/** Every status with how many runs of the query have it; pressing one edits the query. */
export function StatusChips({ query, canAsk, onQuery }: StatusChipsProps) {
  const others = withoutStatus(query)
  const { counts, decisions } = useStatusCounts(others, canAsk)
  const asked = statusesIn(query)
  const total = counts === undefined ? undefined : Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <div className="status-chips" role="group" aria-label="Status">
      <button type="button" className="chip" aria-pressed={asked.length === 0} onClick={() => onQuery(others)}>
        All <Count of={total} />
      </button>
      {choices.map(({ status, look, isReason }) => {
        const count = isReason === true ? decisions : counts?.[RunStatus.parse(status)]
        const isAsked = asked.includes(status)
        // A status that no run has is spared its place, unless the query asks for it.
        if (count === 0 && !isAsked) return null
        return (
          <button
            key={status}
            type="button"
            className="chip"
            aria-pressed={isAsked}
            onClick={({ shiftKey, ctrlKey, metaKey }) => {
              const rest = asked.filter((each) => each !== status)
              const joins = shiftKey || ctrlKey || metaKey
              onQuery(withStatuses(query, isAsked ? (joins ? rest : []) : joins ? [...asked, status] : [status]))
            }}
          >
            <StatusBadge look={look} /> <Count of={count} />
          </button>
        )
      })}
    </div>
  )
}

function Count({ of }: { readonly of: number | undefined }) {
  return <span className="count">{of?.toLocaleString('en') ?? ''}</span>
}

interface Counted {
  readonly counts: Outputs['runs']['counts']['byStatus'] | undefined
  readonly decisions: number | undefined
}

function useStatusCounts(query: string, enabled: boolean): Counted {
  const api = useApi()
  // What finds every run finds the same ones, however they change.
  const topics = query === '' ? (['statuses'] as const) : (['runs'] as const)
  const follows = { enabled, placeholderData: keepPreviousData, meta: { follows: topics } }
  const counts = useQuery({
    queryKey: ['runs', 'counts', query],
    queryFn: ({ signal }) => api.runs.counts({ query }, { signal }),
    ...follows,
  })
  const decisions = useQuery({
    queryKey: ['runs', 'deciding', query],
    queryFn: ({ signal }) => {
      return api.runs.search({ query: withStatuses(query, ['waiting:decision']), offset: 0, limit: 1 }, { signal })
    },
    ...follows,
  })
  return { counts: counts.data?.byStatus, decisions: decisions.data?.total }
}
