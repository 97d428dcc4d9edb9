import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Layers } from 'lucide-react'
import type { QueueStanding, ResourceStanding } from '../../../model/resource.ts'
import { isLimit, throttledBy } from '../../../model/resource.ts'
import { useApi } from '../../state/client.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { NotTold } from '../../widgets/feedback/not-told.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { LimitTable } from './limit-table.tsx'
import { ResourceCard } from './resource-card.tsx'
import { Throttles } from './throttles.tsx'
import { queueInWords } from './words.ts'
import '../../widgets/entry-list/entry-list.css'
import './resources-screen.css'

/** Each change of a run may have taken or let go of something. */
const pace = 1_000

/** What there is only so much of: who holds it, who waits for it and at which place, what is throttled, and how much goes on at once. */
export function ResourcesScreen() {
  const api = useApi()
  const { data, error } = useQuery({
    queryKey: ['resources'],
    queryFn: () => api.resources.list(),
    meta: { follows: ['host', 'runs'], pace },
    placeholderData: keepPreviousData,
  })
  return (
    <Screen title="Resources">
      {error !== null && <NotTold title="Who holds what cannot be told" error={error} />}
      {data === undefined && error === null && <Skeleton />}
      {data !== undefined && <Standings all={data.resources} queue={data.queue} />}
    </Screen>
  )
}

function Standings({ all, queue }: { readonly all: readonly ResourceStanding[]; readonly queue: QueueStanding }) {
  const named = all.filter(({ name }) => !isLimit(name))
  const limits = all.filter(({ name }) => isLimit(name) && throttledBy(name) === undefined)
  return (
    <div className="resources-screen">
      <Throttles />
      <Panel title="What steps use" flush>
        {named.length === 0 ? <NoResources /> : (
          <ol className="entry-list resource-list" aria-label="Resources">
            {named.map((resource) => (
              <ResourceCard key={resource.name} resource={resource} />
            ))}
          </ol>
        )}
      </Panel>
      <Panel title="How much goes on at once" aside={<span>{queueInWords(queue)}</span>} flush>
        <LimitTable limits={limits} />
      </Panel>
    </div>
  )
}

function NoResources() {
  return (
    <Empty icon={Layers} title="Nothing is shared by name">
      <p>
        A step that says <code>uses</code> waits for its share of what <code>resources</code> in <code>cairn.config.yaml</code> names (a mail
        server, a licence, a machine), and a run that says <code>holds</code> keeps its share over several steps.
      </p>
    </Empty>
  )
}
