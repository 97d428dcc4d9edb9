import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { DecisionRecord } from '../../../../model/decision.ts'
import { OriginLink } from '../../../widgets/replay/origin-link.tsx'
import { ReplayMark } from '../../../widgets/replay/replay-mark.tsx'
import { armLook } from '../../../widgets/status/look.ts'
import { useTitleOf } from '../restore/use-title-of.ts'
import { armsOf } from '../state/arms.ts'
import { useCalmly } from '../state/calm.ts'
import { onBranch } from '../state/on-branch.ts'
import './replay-line.css'

/** What the run is a replay of, or that it is a child of one, and what of it waits to be armed. */
export function ReplayLine() {
  const { origin, disarmed } = useCalmly(({ run }) => run.detail.record)
  if (origin === null && !disarmed) return null
  return (
    <p className="replay-line">
      {origin === null ? <ReplayMark of={{ origin, disarmed }} /> : <OriginLink origin={origin} />}
      {disarmed && <Disarmed />}
    </p>
  )
}

/** How many are named one by one. */
const mostNamed = 3

function Disarmed() {
  const titleOf = useTitleOf()
  const { detail } = useCalmly(({ run }) => onBranch(run.detail, run.detail.record.branch))
  const arms = useMemo(() => armsOf(detail.decisions), [detail.decisions])
  const place = ({ id }: DecisionRecord): string => `${detail.record.id}.${id}`
  if (arms.length === 0) {
    return (
      <span className="quiet clipped" title="A step that declares an effect on the outside world waits until a person arms it">
        <armLook.icon size={12} aria-hidden /> disarmed
      </span>
    )
  }
  return (
    <span className="arms" data-tone={armLook.tone}>
      <armLook.icon size={12} aria-hidden /> to be armed:
      {arms.slice(0, mostNamed).map((decision) => (
        <Link key={decision.id} className="link" to="/attention" search={{ decision: place(decision) }}>
          {titleOf(decision.step)}
        </Link>
      ))}
      {arms.length > mostNamed && (
        <Link className="link" to="/attention">
          {arms.length - mostNamed} more
        </Link>
      )}
    </span>
  )
}
