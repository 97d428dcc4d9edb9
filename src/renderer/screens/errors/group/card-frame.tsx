import type { ReactNode } from 'react'
import type { ErrorView } from '../../../../model/error-record.ts'
import { Expandable } from '../../../widgets/expandable/expandable.tsx'
import { errorLook, severityTone } from '../../../widgets/status/look.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'
import { Lasted, Time } from '../../../widgets/time/times.tsx'

interface CardFrameProps {
  readonly error: Pick<ErrorView['error'], 'status' | 'severity' | 'openedAt' | 'closedAt'>
  /** What it is of. */
  readonly about: ReactNode
  /** How much was done about it, before how long it lasted. */
  readonly done?: ReactNode
  readonly isOpenAtFirst: boolean
  readonly children: ReactNode
}

/** How one error among its like stands; opened, what is known of it. */
export function CardFrame({ error: { status, severity, openedAt, closedAt }, about, done, isOpenAtFirst, children }: CardFrameProps) {
  const head = (
    <>
      <StatusBadge look={errorLook[status]} />
      <span className="run">{about}</span>
      <span className="severity" data-tone={severityTone[severity]}>
        {severity}
      </span>
      <span className="quiet">
        {done}
        <Lasted from={openedAt} until={closedAt} />
      </span>
      <span className="quiet when">
        <Time at={openedAt} />
      </span>
    </>
  )
  return (
    <li className="error-card">
      <Expandable head={head} openAtFirst={isOpenAtFirst}>
        {() => <div className="details">{children}</div>}
      </Expandable>
    </li>
  )
}
