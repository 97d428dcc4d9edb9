import { useState } from 'react'
import { CircleCheck } from 'lucide-react'
import type { AttentionItem } from '../../../model/attention.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { DecisionItem } from './decision/decision-item.tsx'
import { keyOf } from './items.ts'
import { AlarmItem } from './other/alarm-item.tsx'
import { DamageItem } from './other/damage-item.tsx'
import { FailuresItem } from './other/failures-item.tsx'
import { PolicyItem } from './other/policy-item.tsx'
import { QuarantinedItem } from './other/quarantined-item.tsx'
import { RefusedItem } from './other/refused-item.tsx'
import { placeOf } from './search.ts'

interface ChosenItemProps {
  readonly items: readonly AttentionItem[] | undefined
  readonly chosen: string | undefined
  /** Called with the key of what was dealt with. */
  readonly onDone: (key: string) => void
  /** Called where what was chosen has left the list, and nothing of it could be shown. */
  readonly onLost: () => void
}

/** What was chosen. It stays open when it leaves the list, and says so. */
export function ChosenItem({ items, chosen, onDone, onLost }: ChosenItemProps) {
  const present = items?.find((item) => keyOf(item) === chosen)
  const known = useLastKnown(present, chosen)
  const place = chosen === undefined ? undefined : placeOf(chosen)
  if (place !== undefined) {
    const isListed = items === undefined || present !== undefined
    return <DecisionItem key={place.decision} place={place} isListed={isListed} onDone={() => onDone(`${place.run}.${place.decision}`)} onLost={onLost} />
  }
  if (known !== undefined) return <OtherItem item={known} isOver={present === undefined} />
  if (chosen === undefined || items === undefined) return null
  return (
    <Empty icon={CircleCheck} title="This needs nobody any more">
      It was made good, or it is older than 24 hours.
    </Empty>
  )
}

function OtherItem({ item, isOver }: { readonly item: AttentionItem; readonly isOver: boolean }) {
  switch (item.kind) {
    case 'failures':
      return <FailuresItem group={item} isOver={isOver} />
    case 'quarantined':
      return <QuarantinedItem run={item.run} isOver={isOver} />
    case 'policy_refused':
      return <PolicyItem refused={item} isOver={isOver} />
    case 'workflow_refused':
      return <RefusedItem refused={item} isOver={isOver} />
    case 'damage':
      return <DamageItem finding={item.finding} failure={item.failure} isOver={isOver} />
    case 'alarm':
      return <AlarmItem failure={item.failure} isOver={isOver} />
    case 'decision':
      return null
  }
}

/** The item as it was in the list last. */
function useLastKnown(present: AttentionItem | undefined, key: string | undefined): AttentionItem | undefined {
  const [last, setLast] = useState(present)
  if (present !== undefined && present !== last) setLast(present)
  const known = present ?? last
  return known !== undefined && keyOf(known) === key ? known : undefined
}
