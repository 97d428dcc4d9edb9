import { Link } from '@tanstack/react-router'
import { ShieldCheck, SquareArrowOutUpRight } from 'lucide-react'
import type { Failure } from '../../../../model/failure.ts'
import { type Finding, goBackTo, isOfRevision } from '../../../../model/integrity.ts'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { MarkedRunId } from '../../../widgets/replay/marked-run-id.tsx'
import { SidePart } from '../../../widgets/side-part/side-part.tsx'
import { ItemPage } from '../item-page.tsx'
import { Over } from './over.tsx'

interface DamageItemProps {
  readonly finding: Finding
  readonly failure: Failure
  readonly isOver: boolean
}

/** Something stored is not as it was written: what, of which run, and how far back that run is whole. */
export function DamageItem({ finding, failure, isOver }: DamageItemProps) {
  const { object, run, nearest, isPast } = finding
  return (
    <ItemPage
      title={`A damaged ${object}`}
      line={
        run === null ? (
          <span>of no run</span>
        ) : (
          <span>
            run <MarkedRunId run={run} />
          </span>
        )
      }
      actions={
        <div className="links">
          {run !== null && (
            <Link className="button primary" to="/runs/$run" params={{ run }} search={{ ...(nearest !== null && { checkpoint: nearest }) }}>
              <SquareArrowOutUpRight size={14} aria-hidden /> {nearest === null ? 'Open the run' : `Open it at checkpoint ${nearest}`}
            </Link>
          )}
          <Link className="button" to="/integrity">
            <ShieldCheck size={14} aria-hidden /> All that was found
          </Link>
        </div>
      }
      asideLabel="What this means"
      aside={
        <>
          <SidePart title="What this means">
            <p>
              {run === null
                ? 'Bytes of the store are not what was written there. Nothing that fails its check is used for any answer.'
                : isPast
                  ? 'Bytes that this run held are not what was written there. It has gone on without them: it needs none of them where it stands now.'
                  : 'Bytes that this run needs are not what was written there. Unless it has ended, it is in quarantine: nothing of it moves.'}
            </p>
          </SidePart>
          {run !== null && (
            <SidePart title="What is whole">
              <p>
                {nearest === null
                  ? 'No checkpoint of the run can be read whole.'
                  : `Checkpoint ${nearest} is the newest that can be read whole. ${backTo(finding)}`}
              </p>
            </SidePart>
          )}
          <SidePart title="What ends this">
            <p>The same place is looked at again and again. Once a backup is back, or the file is mended, this leaves the list by itself.</p>
          </SidePart>
        </>
      }
    >
      <Over isOver={isOver}>It is as it was written again.</Over>
      <FailureView failure={failure} />
    </ItemPage>
  )
}

function backTo(finding: Finding): string {
  if (finding.isPast) return 'That is where it stands: there is nothing to go back for.'
  if (isOfRevision(finding)) return 'The run can be sent back to it with the present definition, where that is another one.'
  return goBackTo([finding]).size > 0 ? 'The run can be sent back to it, or replayed from it.' : 'The run cannot be sent back to it: that needs what is damaged.'
}
