import type { ErrorRecord, Recovery } from '../../../model/error-record.ts'
import type { Instant } from '../../../model/ids.ts'
import { recoveryLook } from '../status/look.ts'
import { StatusBadge } from '../status/status-badge.tsx'
import { ShownText } from '../text/shown-text.tsx'
import { Lasted, Time } from '../time/times.tsx'
import { strategyNames, strategyWords } from './words.ts'
import './recovery-timeline.css'

interface RecoveryTimelineProps {
  readonly error: Pick<ErrorRecord, 'recoveries' | 'made'>
  /** The moment that is looked at; left out where that is now. */
  readonly until?: Instant | undefined
}

/** What was done about an error, oldest first: when, why that, what was passed over for it, and what became of it. */
export function RecoveryTimeline({ error: { recoveries, made }, until }: RecoveryTimelineProps) {
  if (recoveries.length === 0) return <p className="quiet">Nothing was done about it.</p>
  return (
    <ol className="recovery-timeline" aria-label="What was done about it">
      {made > recoveries.length && <li className="quiet">{made - recoveries.length} earlier ones</li>}
      {recoveries.map((recovery, index) => (
        <Entry key={index} recovery={recovery} at={until ?? null} />
      ))}
    </ol>
  )
}

interface EntryProps {
  readonly recovery: Recovery
  /** Null where it is looked at now. */
  readonly at: Instant | null
}

function Entry({ recovery: { strategy, why, passedOver, until, beganAt, endedAt, outcome }, at }: EntryProps) {
  const look = recoveryLook[outcome]
  return (
    <li data-tone={look.tone}>
      <div className="head">
        <strong>{strategyWords[strategy]}</strong>
        <StatusBadge look={look} />
        <span className="when quiet">
          <Time at={beganAt} /> · <Lasted from={beganAt} until={endedAt ?? at} />
        </span>
      </div>
      <p>
        <ShownText text={why} />
        {until !== null && until > beganAt && (
          <>
            , at <Time at={until} />
          </>
        )}
      </p>
      {passedOver.map((each) => (
        <p key={each.strategy} className="quiet">
          Not “{strategyNames[each.strategy]}”: <ShownText text={each.why} />
        </p>
      ))}
    </li>
  )
}
