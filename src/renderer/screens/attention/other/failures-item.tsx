import { Link } from '@tanstack/react-router'
import { ListFilter, RotateCcw, SquareArrowOutUpRight } from 'lucide-react'
import { type FailureGroup, topOf } from '../../../../model/attention.ts'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { MarkedRunId } from '../../../widgets/replay/marked-run-id.tsx'
import { Age, Time } from '../../../widgets/time/times.tsx'
import { SidePart } from '../../../widgets/side-part/side-part.tsx'
import { ItemPage } from '../item-page.tsx'
import { counted } from '../../../../model/counted.ts'
import { alikeQuery } from './alike-query.ts'
import { ErrorsAlike, NewestRecovery, useErrorsAlike } from './errors-alike.tsx'
import { Over } from './over.tsx'

/** Runs that failed in the same way: what it was, and which. */
export function FailuresItem({ group, isOver }: { readonly group: FailureGroup; readonly isOver: boolean }) {
  const { workflow, step, failure, runs, count, above, firstAt, lastAt, fingerprint } = group
  const [newest] = runs
  const again = newest === undefined ? undefined : topOf(group, newest)
  const alike = useErrorsAlike(fingerprint)
  const aside = (
    <>
      <NewestRuns group={group} />
      <FailedAbove above={above} />
      {alike !== undefined && <ErrorsAlike group={alike} />}
      <SidePart title="What ends this">
        <p>
          A later run with the same correlation id that completes makes its failed one good. Once all are, or once they are older than
          24 hours, the group leaves this list by itself.
        </p>
      </SidePart>
      <SidePart title="Told apart by">
        <code title={fingerprint} className="clipped">
          {fingerprint}
        </code>
        <p className="quiet">The same for failures that differ in numbers, ids and quoted parts alone.</p>
      </SidePart>
    </>
  )
  return (
    <ItemPage
      title={`${step === null ? workflow : `${workflow}: ${step}`} failed in ${counted(count, 'run')}`}
      line={
        <>
          <span>
            first <Time at={firstAt} />
          </span>
          <span>
            last <Time at={lastAt} /> (<Age at={lastAt} />)
          </span>
        </>
      }
      aside={aside}
      asideLabel="Runs that failed alike"
      actions={
        <div className="links">
          {newest !== undefined && (
            <Link className="button primary" to="/runs/$run" params={{ run: newest }} search={{ ...(step !== null && { step }) }}>
              <SquareArrowOutUpRight size={14} aria-hidden /> Open the newest
            </Link>
          )}
          <Link className="button" to="/runs" search={{ query: alikeQuery(group) }}>
            <ListFilter size={14} aria-hidden /> Show them in Runs
          </Link>
          {again !== undefined && (
            <Link className="button" to="/workflows/$workflow/start" params={{ workflow: again.workflow }} search={{ from: again.run }}>
              <RotateCcw size={14} aria-hidden /> Start {again.run === newest ? '' : `${again.workflow} `}again…
            </Link>
          )}
        </div>
      }
    >
      <Over isOver={isOver}>Every run of it was made good, or is older than 24 hours.</Over>
      <FailureView failure={failure} />
      {alike !== undefined && <NewestRecovery group={alike} />}
    </ItemPage>
  )
}

/** The newest of them, each with the run that somebody starts to have it again. */
function NewestRuns({ group }: { readonly group: FailureGroup }) {
  const { runs, count } = group
  return (
    <SidePart title="Newest runs" count={runs.length}>
      <ul>
        {runs.map((run) => {
          const top = topOf(group, run)
          return (
            <li key={run}>
              <Link className="link" to="/runs/$run" params={{ run }}>
                <MarkedRunId run={run} />
              </Link>
              <Link className="link" to="/workflows/$workflow/start" params={{ workflow: top.workflow }} search={{ from: top.run }}>
                Start {top.run === run ? '' : `${top.workflow} `}again…
              </Link>
            </li>
          )
        })}
      </ul>
      {count > runs.length && <p className="quiet">and {counted(count - runs.length, 'older one')}</p>}
    </SidePart>
  )
}

/** What failed since these did: their parents, and the parents of those. */
function FailedAbove({ above }: Pick<FailureGroup, 'above'>) {
  if (above.length === 0) return null
  return (
    <SidePart title="Failed because of it" count={above.length}>
      <ul>
        {above.map(({ run, workflow, step }) => (
          <li key={run}>
            <Link className="link" to="/runs/$run" params={{ run }} search={{ ...(step !== null && { step }) }}>
              {workflow} <MarkedRunId run={run} />
            </Link>
            <span className="quiet">{step === null ? 'as a whole' : `at ${step}`}</span>
          </li>
        ))}
      </ul>
      <p className="quiet">These are runs whose child failed: what mends it is done there.</p>
    </SidePart>
  )
}
