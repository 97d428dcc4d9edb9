import { Link } from '@tanstack/react-router'
import type { DecisionView } from '../../../../model/views.ts'
import { ShortId } from '../../../widgets/identity/short-id.tsx'
import { OriginLink } from '../../../widgets/replay/origin-link.tsx'
import { ReplayMark } from '../../../widgets/replay/replay-mark.tsx'
import { Time } from '../../../widgets/time/times.tsx'

interface DecisionLineProps {
  readonly view: DecisionView
  /** Of the workflow, as the run has pinned it. */
  readonly version: number
}

/** Which run asks, since when, and what state of it an answer is to. */
export function DecisionLine({ view, version }: DecisionLineProps) {
  const { run, workflow, origin, runVersion, decision } = view
  return (
    <>
      <span>
        {workflow} version {version}
      </span>
      <Link className="link" to="/runs/$run" params={{ run }} search={{ step: decision.step }}>
        run <ShortId id={run} />
      </Link>
      {origin === null ? <ReplayMark of={view} /> : <OriginLink origin={origin} />}
      {decision.iteration > 1 && <span>iteration {decision.iteration}</span>}
      <span>
        asked <Time at={decision.openedAt} />
      </span>
      {decision.status === 'pending' && (
        <span title="Each change of the run makes a new state of it. Your answer is to this one: if somebody acts on the run meanwhile, it is not taken">
          state {runVersion} of the run
        </span>
      )}
    </>
  )
}
