import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { lookOfRun } from '../../../widgets/status/look.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'
import { Lasted, Time } from '../../../widgets/time/times.tsx'
import { useCalmly } from '../state/calm.ts'
import { useRestedDetail, useRestedMoment } from '../state/view.ts'
import { Disclosure } from './disclosure.tsx'
import { Facts } from './facts.tsx'
import { KeptBy } from './kept-by.tsx'
import { Part } from './part.tsx'
import { OriginPart } from '../replay/origin-part.tsx'
import { StoredValue } from './stored-value.tsx'

/** The run as a whole: shown while no step is selected. */
export function RunTab() {
  const { record, manifest } = useCalmly(({ run }) => run.detail)
  const moment = useRestedMoment()
  const { steps, record: atMoment } = useRestedDetail()
  const { endedAt, failure, status, closing } = moment === undefined ? record : atMoment
  const isCancelled = status === 'cancelled' || closing?.outcome === 'cancelled'
  const why = status === 'quarantined' ? 'Why it is set aside' : isCancelled ? 'Why it was cancelled' : 'Why it failed'
  const settled = new Set(steps.filter(({ endedAt }) => endedAt !== null).map(({ step }) => step)).size
  return (
    <>
      <Part title={manifest.title ?? record.workflow}>
        {manifest.description !== undefined && <p className="quiet">{manifest.description}</p>}
        <Facts
          of={{
            [moment === undefined ? 'status' : 'now']: <StatusBadge look={lookOfRun(record)} />,
            started: <Time at={record.createdAt} />,
            [endedAt === null ? 'so far' : 'took']: <Lasted from={record.createdAt} until={endedAt ?? moment?.at ?? null} />,
            'steps settled': `${settled} of ${manifest.steps.length}${moment === undefined ? '' : ` at checkpoint ${moment.number}`}`,
            ...(record.kept !== null && { kept: <KeptBy kept={record.kept} /> }),
            correlation: <code title={record.correlation}>{record.correlation}</code>,
            revision: <code title={record.revision}>{record.revision.slice(0, 12)}</code>,
            file: <code>{manifest.file}</code>,
          }}
        />
      </Part>
      {record.origin !== null && <OriginPart origin={record.origin} isDisarmed={record.disarmed} />}
      {failure !== null && (
        <Part title={why}>
          <FailureView failure={failure} />
        </Part>
      )}
      <Part title="Values">
        <Disclosure title="Input" openAtFirst>
          {() => <StoredValue address={record.input} label="Input of the run" />}
        </Disclosure>
        <Disclosure title="Context">
          {() => <StoredValue address={record.context} label="Context of the run" />}
        </Disclosure>
      </Part>
    </>
  )
}
