import { Link } from '@tanstack/react-router'
import { Unplug } from 'lucide-react'
import type { BreakerView } from '../../../model/breaker.ts'
import { counted } from '../../../model/counted.ts'
import { Button } from '../../widgets/button/button.tsx'
import { MarkedRunId } from '../../widgets/replay/marked-run-id.tsx'
import { breakerLook } from '../../widgets/status/look.ts'
import { StatusBadge } from '../../widgets/status/status-badge.tsx'
import { ShownText } from '../../widgets/text/shown-text.tsx'
import { Time } from '../../widgets/time/times.tsx'

/** So many runs that are held back are named. */
const mostNamed = 8

/** One breaker: how it stands, what opened it, what it holds back, and what closes it by hand. */
export function BreakerCard({ breaker, onClose }: { readonly breaker: BreakerView; readonly onClose: () => void }) {
  const { workflow, dependency, status, since, last } = breaker
  return (
    <li>
      <header>
        <StatusBadge look={breakerLook[status]} as="pill" />
        <strong>
          <ShownText text={dependency} />
        </strong>
        <span className="quiet">
          of{' '}
          <Link to="/workflows/$workflow" params={{ workflow }}>
            {workflow}
          </Link>
          , since <Time at={since} />
        </span>
        <Button icon={Unplug} asksHost onPress={onClose}>
          Close it
        </Button>
      </header>
      <p>
        <Next breaker={breaker} />
      </p>
      {last !== null && (
        <p className="quiet">
          Last failed: {last.step} of <RunLink run={last.run} />, {last.class}
        </p>
      )}
      <Held breaker={breaker} />
    </li>
  )
}

function Next({ breaker: { status, until, failures, opensAfter } }: { readonly breaker: BreakerView }) {
  if (status === 'closed') return `Everything passes. It has counted ${failures} of the ${counted(opensAfter, 'failure that opens', 'failures that open')} it.`
  if (status === 'half_open') return 'One step is let through, to see whether it goes better. The others wait for that.'
  return (
    <>
      Nothing passes{until !== null && <> before <Time at={until} />: then one step is let through, to see</>}.
    </>
  )
}

function Held({ breaker: { held, holds } }: { readonly breaker: BreakerView }) {
  if (holds === 0) return null
  return (
    <p>
      Holds back {holds === 1 ? 'one step' : `${holds} steps`}:{' '}
      {held.slice(0, mostNamed).map(({ run, step, iteration }, index) => (
        <span key={`${run}/${step}/${iteration}`}>
          {index > 0 && ', '}
          {step} of <RunLink run={run} />
        </span>
      ))}
      {holds > mostNamed && ` and ${holds - mostNamed} more`}
    </p>
  )
}

function RunLink({ run }: { readonly run: BreakerView['held'][number]['run'] }) {
  return (
    <Link to="/runs/$run" params={{ run }} title={run}>
      <MarkedRunId run={run} />
    </Link>
  )
}
