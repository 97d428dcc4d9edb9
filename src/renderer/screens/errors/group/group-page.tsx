import { Link } from '@tanstack/react-router'
import { ArrowLeft, SearchX } from 'lucide-react'
import { useId } from 'react'
import type { ErrorGroup, ErrorView } from '../../../../model/error-record.ts'
import type { Failure } from '../../../../model/failure.ts'
import { keyOf } from '../../../../model/integrity.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { Empty } from '../../../widgets/feedback/empty.tsx'
import { NotTold } from '../../../widgets/feedback/not-told.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { Age, Time } from '../../../widgets/time/times.tsx'
import { counted } from '../../../../model/counted.ts'
import { OutcomeShares } from '../outcome-shares.tsx'
import type { Asked } from '../search.ts'
import { DamageCard } from './damage-card.tsx'
import { ErrorCard } from './error-card.tsx'
import { useGroup } from './use-group.ts'
import './group-page.css'

/** Errors that are alike: what they are, how they ended, and each of them with what was done about it. */
export function GroupPage({ fingerprint, asked }: { readonly fingerprint: string; readonly asked: Asked }) {
  const { group, errors, error, hasMore, readOn } = useGroup(fingerprint)
  const id = useId()
  if (error !== null && group === undefined) return <NotTold title="These errors cannot be told" error={error} />
  if (group === undefined) return <Skeleton lines={8} />
  if (group === null) {
    return (
      <Empty icon={SearchX} title="No error is like that any more">
        Its runs were removed, or their errors turned out to be others.
      </Empty>
    )
  }
  return (
    <article className="error-group">
      <Heading group={group} asked={asked} />
      <section aria-labelledby={id}>
        <h3 id={id}>
          Each of them <span className="quiet">newest first</span>
        </h3>
        <ol className="cards">
          {errors.map((view, index) => (
            <Card key={placeOf(view)} view={view} said={group.newest.error.failure} isOpenAtFirst={index === 0} />
          ))}
        </ol>
        {hasMore && (
          <Button tone="quiet" onPress={readOn}>
            Show more of {counted(group.count - errors.length, 'earlier one')}
          </Button>
        )}
      </section>
    </article>
  )
}

const placeOf = ({ run, error }: ErrorView): string => (run === null ? `${error.entry} ${keyOf(error.finding)}` : `${run}${error.id}`)

function Card({ view, ...how }: { readonly view: ErrorView; readonly said: Failure; readonly isOpenAtFirst: boolean }) {
  return view.run === null ? <DamageCard error={view.error} {...how} /> : <ErrorCard view={view} {...how} />
}

function Heading({ group, asked }: { readonly group: ErrorGroup; readonly asked: Asked }) {
  const { workflow, step, count, runs, firstAt, lastAt, outcomes, newest } = group
  return (
    <header>
      <Link className="back" to="/errors" search={{ ...asked, group: undefined }}>
        <ArrowLeft size={14} aria-hidden /> All errors
      </Link>
      {workflow === null ? (
        <h2>The store</h2>
      ) : (
        <h2>
          {step ?? 'The run'} of{' '}
          <Link to="/workflows/$workflow" params={{ workflow }} className="link">
            {workflow}
          </Link>
        </h2>
      )}
      <p className="line">
        <span>
          <strong>{counted(count, 'time')}</strong> {workflow !== null && `in ${counted(runs, 'run')}`}
        </span>
        <span>
          first <Time at={firstAt} />
        </span>
        <span>
          last <Age at={lastAt} />
        </span>
      </p>
      <OutcomeShares of={outcomes} />
      <FailureView failure={newest.error.failure} />
    </header>
  )
}
