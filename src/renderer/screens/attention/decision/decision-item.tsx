import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { SearchX } from 'lucide-react'
import { useEffect } from 'react'
import { useApi } from '../../../state/client.ts'
import { Empty } from '../../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import type { DecisionPlace } from '../search.ts'
import { ClosedDecision } from './closed-decision.tsx'
import { OpenDecision } from './open-decision.tsx'

interface DecisionItemProps {
  readonly place: DecisionPlace
  /** Whether it needs somebody still. */
  readonly isListed: boolean
  readonly onDone: () => void
  /** Called where it needs nobody any more, and nothing of it could be shown. */
  readonly onLost: () => void
}

/** A decision, open or answered, with the run that it belongs to. */
export function DecisionItem({ place: { run, decision }, isListed, onDone, onLost }: DecisionItemProps) {
  const api = useApi()
  const view = useQuery({
    queryKey: ['decisions', run, decision],
    queryFn: () => api.decisions.get({ run, decision }),
    meta: { follows: ['decisions'] },
  })
  const detail = useQuery({
    queryKey: ['runs', 'whole', run],
    queryFn: () => api.runs.get({ run }),
    meta: { follows: ['decisions'] },
    placeholderData: keepPreviousData,
  })
  const failure = view.error ?? detail.error
  const isShown = view.data !== undefined && detail.data !== undefined
  const isLost = !isShown && failure !== null && !isListed
  useEffect(() => {
    if (isLost) onLost()
  }, [isLost, onLost])
  if (isShown) {
    const Shown = view.data.decision.status === 'pending' ? OpenDecision : ClosedDecision
    return <Shown view={view.data} detail={detail.data} onDone={onDone} />
  }
  if (failure === null) return <Skeleton lines={8} height="40px" />
  return (
    <Empty icon={SearchX} title="This decision cannot be shown">
      {failure.message}
    </Empty>
  )
}
