import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { PlugZap } from 'lucide-react'
import { useState } from 'react'
import { type BreakerView, breakerKey } from '../../../model/breaker.ts'
import { useApi } from '../../state/client.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { NotTold } from '../../widgets/feedback/not-told.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { BreakerCard } from './breaker-card.tsx'
import { CloseDialog } from './close-dialog.tsx'
import '../../widgets/entry-list/entry-list.css'
import './breakers-screen.css'

/** What steps are held back from, since it failed too often: since when, until when, and what waits for it. */
export function BreakersScreen() {
  const api = useApi()
  const [closing, setClosing] = useState<BreakerView>()
  const { data, error } = useQuery({
    queryKey: ['breakers'],
    queryFn: () => api.breakers.list(),
    meta: { follows: ['host', 'statuses'] },
    placeholderData: keepPreviousData,
  })
  return (
    <Screen title="Breakers">
      {error !== null && <NotTold title="How the breakers stand cannot be told" error={error} />}
      {data === undefined && error === null && <Skeleton />}
      {data !== undefined && <Breakers all={data.breakers} onClose={setClosing} />}
      {closing !== undefined && <CloseDialog breaker={closing} onClose={() => setClosing(undefined)} />}
    </Screen>
  )
}

function Breakers({ all, onClose }: { readonly all: readonly BreakerView[]; readonly onClose: (breaker: BreakerView) => void }) {
  if (all.length === 0) {
    return (
      <Empty icon={PlugZap} title="Nothing is held back">
        A breaker opens when what steps of a workflow reach fails again and again: they wait then, and one of them tries once it has cooled down.
      </Empty>
    )
  }
  return (
    <Panel title="Open, or counting failures" flush>
      <ol className="entry-list breaker-list" aria-label="Breakers">
        {all.map((breaker) => (
          <BreakerCard key={breakerKey(breaker)} breaker={breaker} onClose={() => onClose(breaker)} />
        ))}
      </ol>
    </Panel>
  )
}
