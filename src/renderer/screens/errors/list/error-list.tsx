import { useVirtualizer } from '@tanstack/react-virtual'
import { Link } from '@tanstack/react-router'
import { memo, useEffect, useRef } from 'react'
import { counted, times } from '../../../../model/counted.ts'
import type { ErrorGroup } from '../../../../model/error-record.ts'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { MeasuredLines } from '../../../widgets/lines/measured-lines.tsx'
import { severityTone } from '../../../widgets/status/look.ts'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { spelled } from '../../../widgets/text/unseen.ts'
import { Age } from '../../../widgets/time/times.tsx'
import { OutcomeShares } from '../outcome-shares.tsx'
import type { Asked } from '../search.ts'
import { NoErrors } from './no-errors.tsx'
import type { Listing } from './use-error-groups.ts'
import './error-list.css'

export const rowPlace = (fingerprint: string): string => `error:${fingerprint}`
export const groupPlace = 'chosen-errors'

interface ErrorListProps {
  readonly listing: Listing
  readonly asked: Asked
  readonly chosen: string | undefined
}

/** Like errors together, the newest first. Only those in sight are drawn, and more are read where the end comes in sight. */
export function ErrorList({ listing: { groups = [], total, ever, error, readOn }, asked, chosen }: ErrorListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: groups.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => groups[index]?.fingerprint ?? index,
    estimateSize: () => 118,
    overscan: 8,
  })
  const last = virtual.getVirtualItems().at(-1)?.index
  useEffect(() => {
    if (last !== undefined && last >= groups.length - 5) readOn()
  })
  return (
    <div className="error-list" ref={scroller}>
      {total === undefined && error === null && <Skeleton lines={6} height="110px" />}
      {total?.groups === 0 && <NoErrors asked={asked} ever={ever} />}
      <MeasuredLines virtual={virtual}>
        {(index) => {
          const group = groups[index]
          return group !== undefined && <Row group={group} asked={asked} isChosen={group.fingerprint === chosen} />
        }}
      </MeasuredLines>
    </div>
  )
}

/** Two lines are shown of what is said, and under the pointer so many characters. */
const longestHint = 1_000

const Row = memo(function Row({ group, asked, isChosen }: { readonly group: ErrorGroup; readonly asked: Asked; readonly isChosen: boolean }) {
  const { fingerprint, workflow, step, newest, count, runs, outcomes, lastAt } = group
  const { failure, severity } = newest.error
  const message = failure.message.split('\n', 1)[0]?.slice(0, longestHint) ?? ''
  return (
    <Link
      id={rowPlace(fingerprint)}
      className="row"
      to="/errors"
      search={{ ...asked, group: fingerprint }}
      aria-current={isChosen}
      onClick={() => requestAnimationFrame(() => document.getElementById(groupPlace)?.focus())}
    >
      <span className="head">
        <span className="name clipped" title={workflow === null ? undefined : spelled(`${workflow}, ${step ?? 'the run'}`)}>
          {workflow === null ? 'The store' : (step ?? 'The run')} <span className="of">{workflow}</span>
        </span>
        <span className="count" title={workflow === null ? times(count) : `${times(count)} in ${counted(runs, 'run')}`}>
          × {count.toLocaleString('en')}
        </span>
      </span>
      <span className="kind">
        <span className="class" data-tone={severityTone[severity]}>
          {failure.class.replaceAll('_', ' ')}
        </span>
        <span className="quiet">{severity}</span>
        <span className="quiet when">
          <Age at={lastAt} />
        </span>
      </span>
      <span className="said" title={spelled(message)}>
        <ShownText text={message} />
      </span>
      <OutcomeShares of={outcomes} />
    </Link>
  )
})
