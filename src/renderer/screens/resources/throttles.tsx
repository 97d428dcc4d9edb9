import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Gauge } from 'lucide-react'
import { useState } from 'react'
import { throttleKey, type ThrottleView } from '../../../model/throttle.ts'
import { useApi } from '../../state/client.ts'
import { Button } from '../../widgets/button/button.tsx'
import { NotTold } from '../../widgets/feedback/not-told.tsx'
import { ShortId } from '../../widgets/identity/short-id.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import { ShownText } from '../../widgets/text/shown-text.tsx'
import { Time } from '../../widgets/time/times.tsx'
import { LiftDialog } from './lift-dialog.tsx'
import { Meter } from './meter.tsx'

/** Each answer may have raised one. */
const pace = 1_000

/** What fewer steps reach at once, since it answered that it was too much. Nothing, where nothing is. */
export function Throttles() {
  const api = useApi()
  const [lifting, setLifting] = useState<ThrottleView>()
  const { data, error } = useQuery({
    queryKey: ['throttles'],
    queryFn: () => api.throttles.list(),
    meta: { follows: ['host', 'runs'], pace },
    placeholderData: keepPreviousData,
  })
  if (error !== null) return <NotTold title="What is throttled cannot be told" error={error} />
  if (data === undefined || data.throttles.length === 0) return null
  return (
    <Panel title="Fewer at once, since it was too much" flush>
      <ol className="entry-list throttle-list" aria-label="Throttles">
        {data.throttles.map((throttle) => (
          <Throttle key={throttleKey(throttle)} throttle={throttle} onLift={() => setLifting(throttle)} />
        ))}
      </ol>
      {lifting !== undefined && <LiftDialog throttle={lifting} onClose={() => setLifting(undefined)} />}
    </Panel>
  )
}

function Throttle({ throttle, onLift }: { readonly throttle: ThrottleView; readonly onLift: () => void }) {
  const { workflow, dependency, limit, from, underWay, waiting, loweredAt, answered, stretch, last } = throttle
  const left = Math.max(1, stretch - answered)
  return (
    <li>
      <header>
        <strong>
          <ShownText text={dependency} />
        </strong>
        <span className="quiet">
          of{' '}
          <Link to="/workflows/$workflow" params={{ workflow }}>
            {workflow}
          </Link>
        </span>
        <Meter held={underWay} capacity={limit} />
        {waiting > 0 && <span className="quiet">{waiting.toLocaleString('en')} waiting</span>}
        <Button icon={Gauge} asksHost onPress={onLift}>
          Lift it
        </Button>
      </header>
      <p>
        Lowered from {from}. It was too much last at <Time at={loweredAt} />, for {last.step} of{' '}
        <Link to="/runs/$run" params={{ run: last.run }} search={{ step: last.step }} title={last.run}>
          <ShortId id={last.run} />
        </Link>
        . One more may go on after {left === 1 ? 'the next answer' : `${left} more answers`}.
      </p>
    </li>
  )
}
