import type { ReactNode } from 'react'
import type { Checkpoint } from '../../../../model/checkpoint.ts'
import { useZone } from '../../../state/preferences.ts'
import { ReasonField } from '../../../widgets/reason/reason-field.tsx'
import { exactTime } from '../../../widgets/time/format.ts'
import { markLook } from '../../../widgets/timeline/mark-look.ts'
import { useTitleOf } from './use-title-of.ts'
import './moment-header.css'

interface MomentProps {
  readonly of: Checkpoint
  readonly title: string
}

interface MomentHeaderProps extends MomentProps {
  readonly reason: string
  readonly onReason: (reason: string) => void
  /** What does it, and what is said beside that. */
  readonly children: ReactNode
}

/** What is done from a moment: which moment it is, why it is done, and the button. */
export function MomentHeader({ of, title, reason, onReason, children }: MomentHeaderProps) {
  return (
    <header className="moment-header">
      <MomentTitle of={of} title={title} />
      <ReasonField label="Why, kept in the journal" rows={1} reason={reason} onReason={onReason} />
      {children}
    </header>
  )
}

/** A moment that the playhead passes: what would be done from it, and nothing that only the host can tell. */
export function MomentPassed({ of, title }: MomentProps) {
  return (
    <header className="moment-header">
      <MomentTitle of={of} title={title} />
      <p className="quiet">What it leads to is told where the playhead comes to rest.</p>
    </header>
  )
}

function MomentTitle({ of: { type, step, at }, title }: MomentProps) {
  const zone = useZone()
  const titleOf = useTitleOf()
  return (
    <>
      <h3>{title}</h3>
      <p className="quiet">
        {markLook[type].word}
        {step !== null && ` of ${titleOf(step)}`} · <span className="mono">{exactTime(at, zone)}</span>
      </p>
    </>
  )
}
