import { Link } from '@tanstack/react-router'
import type { DecisionView } from '../../../../model/views.ts'
import { ShortId } from '../../../widgets/identity/short-id.tsx'
import { Time } from '../../../widgets/time/times.tsx'

/** Which run asks, and as what it was shown. */
export function DecisionLine({ view: { run, workflow, runVersion, decision } }: { readonly view: DecisionView }) {
  return (
    <>
      <span>{workflow}</span>
      <Link className="link" to="/runs/$run" params={{ run }} search={{ step: decision.step }}>
        run <ShortId id={run} />
      </Link>
      {decision.iteration > 1 && <span>iteration {decision.iteration}</span>}
      <span>
        asked <Time at={decision.openedAt} />
      </span>
      <span title="What you see is the run as of this version; if somebody acts on it meanwhile, your answer is not taken">
        shown at version {runVersion}
      </span>
    </>
  )
}
