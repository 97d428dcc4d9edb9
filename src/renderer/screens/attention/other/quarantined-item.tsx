import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { SquareArrowOutUpRight } from 'lucide-react'
import { isSetAside } from '../../../../model/run.ts'
import type { RunSummary } from '../../../../model/views.ts'
import { useApi } from '../../../state/client.ts'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { ShortId } from '../../../widgets/identity/short-id.tsx'
import { OriginLink } from '../../../widgets/replay/origin-link.tsx'
import { ReplayMark } from '../../../widgets/replay/replay-mark.tsx'
import { Age } from '../../../widgets/time/times.tsx'
import { SidePart } from '../../../widgets/side-part/side-part.tsx'
import { damageOf } from './damage.ts'
import { ItemPage } from '../item-page.tsx'
import { counted } from '../../../../model/counted.ts'
import { Over } from './over.tsx'

/** A run whose stored state is not what was written: what is damaged, and how far back it is whole; or one that is set aside for something else. */
export function QuarantinedItem({ run, isOver }: { readonly run: RunSummary; readonly isOver: boolean }) {
  const api = useApi()
  const isWhole = isSetAside(run)
  const { data: damage, isError } = useQuery({
    enabled: !isWhole,
    queryKey: ['runs', 'damage', run.id],
    queryFn: () => damageOf(() => api.runs.state({ run: run.id })),
  })
  const nearest = damage?.nearest ?? null
  return (
    <ItemPage
      title={`${run.workflow} is ${isWhole ? 'set aside' : 'in quarantine'}`}
      line={
        <>
          <span>
            run <ShortId id={run.id} />
          </span>
          {run.origin === null ? <ReplayMark of={run} /> : <OriginLink origin={run.origin} />}
          <span>
            since <Age at={run.updatedAt} />
          </span>
          <span>{counted(run.checkpoints, 'checkpoint')}</span>
        </>
      }
      actions={
        <Link className="button primary" to="/runs/$run" params={{ run: run.id }} search={{ ...(nearest !== null && { checkpoint: nearest }) }}>
          <SquareArrowOutUpRight size={14} aria-hidden /> {nearest === null ? 'Open the run' : `Open it at checkpoint ${nearest}`}
        </Link>
      }
      asideLabel="What is whole"
      aside={
        <SidePart title="What is whole">
          {isWhole ? (
            <p>Nothing of the run is damaged. It stands where its last commit left it, and goes on from there once somebody resumes it.</p>
          ) : damage === undefined ? (
            <p className="quiet">{isError ? 'It could not be found out which checkpoints are whole.' : 'Every checkpoint is being checked…'}</p>
          ) : (
            <p>
              {nearest === null
                ? 'No earlier checkpoint was named whole. Nothing of this run moves until somebody has looked at it.'
                : `Checkpoint ${nearest} is the newest that is whole: its every byte is what was written.`}
            </p>
          )}
        </SidePart>
      }
    >
      <Over isOver={isOver}>The run is out of quarantine.</Over>
      {run.failure !== null && <FailureView failure={run.failure} />}
      {damage !== undefined && damage.what !== null && (
        <Callout tone="failure" title="What is damaged">
          {damage.what.object} <code>{damage.what.key}</code> does not hold what was written.
        </Callout>
      )}
    </ItemPage>
  )
}
