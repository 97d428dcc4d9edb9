import { Link } from '@tanstack/react-router'
import type { DamageRecord } from '../../../../model/error-record.ts'
import type { Failure } from '../../../../model/failure.ts'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { MarkedRunId } from '../../../widgets/replay/marked-run-id.tsx'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { Facts } from '../../run/inspector/facts.tsx'
import { CardFrame } from './card-frame.tsx'

interface DamageCardProps {
  readonly error: DamageRecord
  /** What the group is headed by: it is read once. */
  readonly said: Failure
  readonly isOpenAtFirst: boolean
}

/** One thing in the store that is not, or was not, as it was written: which, of what run, and what ends it. */
export function DamageCard({ error, said, isOpenAtFirst }: DamageCardProps) {
  const { finding, failure, closedAt, entry } = error
  const { object, key, run, nearest } = finding
  const about = (
    <>
      {object}{' '}
      <code>
        <ShownText text={key} />
      </code>
    </>
  )
  return (
    <CardFrame error={error} about={about} isOpenAtFirst={isOpenAtFirst}>
      {failure.message !== said.message && <FailureView failure={failure} />}
      <div className="error-context">
        <Facts
          of={{
            'found in': `entry ${entry} of the journal`,
            run: run === null ? (
              'of none'
            ) : (
              <Link to="/runs/$run" params={{ run }} className="link" title={run}>
                <MarkedRunId run={run} />
              </Link>
            ),
            'whole up to': nearest === null ? 'no checkpoint can be named' : `checkpoint ${nearest}`,
          }}
        />
      </div>
      <p>
        {closedAt === null ? 'The same place is looked at again and again: this ends once it is as it was written. ' : 'It is as it was written again. '}
        <Link to="/integrity" className="link">
          {closedAt === null ? 'All that is damaged, and the ways out' : 'How it stands with the store'}
        </Link>
      </p>
    </CardFrame>
  )
}
