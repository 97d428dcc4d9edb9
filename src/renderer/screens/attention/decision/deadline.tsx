import { Clock3 } from 'lucide-react'
import type { Instant } from '../../../../model/ids.ts'
import { useNow } from '../../../state/now.ts'
import { useZone } from '../../../state/preferences.ts'
import { fullTime, lengthOfTime } from '../../../widgets/time/format.ts'
import './deadline.css'

const soon = 15 * 60_000

interface DeadlineProps {
  readonly at: Instant
  /** What happens then. */
  readonly then: string | null
}

/** How long there is left to answer, and what happens otherwise. */
export function Deadline({ at, then }: DeadlineProps) {
  const now = useNow()
  const zone = useZone()
  const left = Math.floor(Math.max(0, at - now) / 1_000) * 1_000
  return (
    <p className="decision-deadline" data-tone={left < soon ? 'failure' : 'attention'} title={fullTime(at, zone)}>
      <Clock3 size={14} aria-hidden />
      <span>
        {left === 0 ? 'The deadline has passed' : `${lengthOfTime(left)} left to answer`}
        {then !== null && `; then ${then}, and nothing is approved`}
      </span>
    </p>
  )
}
