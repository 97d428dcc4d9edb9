import { CircleCheck } from 'lucide-react'
import { useMemo } from 'react'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { Empty } from '../../../widgets/feedback/empty.tsx'
import { Time } from '../../../widgets/time/times.tsx'
import { useSelect, useSelection } from '../state/selection.ts'
import { useRestedDetail } from '../state/view.ts'
import { ErrorCard } from './error-card.tsx'
import { type ErrorGroup, errorGroups, type Occurrence } from './errors.ts'
import { RecoveriesMade } from './recoveries-made.tsx'
import { WhereItBegan } from './where-it-began.tsx'

/** So many occurrences are named of a failure that came again and again. */
const mostNamed = 12

/** Everything that went wrong, by a moment where one is looked at, newest first; of the selected step alone where there is one that failed. */
export function ErrorsTab() {
  const detail = useRestedDetail()
  const { step } = useSelection()
  const groups = useMemo(() => errorGroups(detail), [detail])
  const own = groups.filter(({ newest }) => newest.step === step)
  const records = useMemo(() => detail.errors.toSorted((one, other) => other.openedAt - one.openedAt), [detail.errors])
  const shown = records.filter((error) => step === undefined || error.step === step)
  if (groups.length + records.length === 0) return <Empty icon={CircleCheck} title="Nothing has gone wrong" />
  if (step !== undefined && own.length + shown.length === 0)
    return <Empty icon={CircleCheck} title={`Nothing has gone wrong in ${step}`} />
  return (
    <>
      <RecoveriesMade />
      <ol className="errors" aria-label="Errors">
        {shown.map((error) => (
          <ErrorCard key={error.id} error={error} cause={records.find(({ id }) => id === error.causedBy)} />
        ))}
        {(step === undefined ? groups : own).map((group) => (
          <Group key={`${group.newest.step}${group.newest.failure.message}${group.newest.failure.stack}`} group={group} />
        ))}
      </ol>
    </>
  )
}

function Group({ group: { newest, occurrences } }: { readonly group: ErrorGroup }) {
  const select = useSelect()
  const go = ({ step, iteration, attempt }: Occurrence): void =>
    select({
      step: step ?? undefined,
      iteration: iteration ?? undefined,
      attempt: attempt ?? undefined,
      tab: 'attempts',
    })
  return (
    <li className="failed">
      <header>
        <strong>{newest.step ?? 'the run'}</strong>
        {occurrences.length > 1 && <span className="count">{occurrences.length} times</span>}
        <span className="quiet">
          <Time at={newest.at} />
        </span>
      </header>
      <FailureView failure={newest.failure} />
      {newest.failure.cycle !== undefined && <WhereItBegan cycle={newest.failure.cycle} />}
      {newest.attempt !== null && (
        <p className="where">
          {occurrences.slice(0, mostNamed).map((each) => (
            <button key={`${each.iteration}/${each.attempt}`} type="button" className="link" onClick={() => go(each)}>
              {each.iteration !== 1 && each.iteration !== null && `iteration ${each.iteration}, `}attempt {each.attempt}
            </button>
          ))}
          {occurrences.length > mostNamed && (
            <span className="quiet">and {occurrences.length - mostNamed} earlier</span>
          )}
        </p>
      )}
    </li>
  )
}
