import { useQuery } from '@tanstack/react-query'
import type { RunId, StepId } from '../../../../model/ids.ts'
import { useApi } from '../../../state/client.ts'
import { useZone } from '../../../state/preferences.ts'
import { NotTold } from '../../../widgets/feedback/not-told.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { exactTime } from '../../../widgets/time/format.ts'

const lines = 20

interface LogTailProps {
  readonly run: RunId
  readonly step: StepId
  readonly branch: number
  readonly iteration: number | null
  readonly attempt: number
}

/** What an attempt said last before it failed. */
export function LogTail({ run, step, branch, iteration, attempt }: LogTailProps) {
  const api = useApi()
  const zone = useZone()
  const { data, error } = useQuery({ queryKey: ['errors', 'signals', run, step], queryFn: () => api.runs.signals({ run, step, limit: 1_000 }) })
  if (error !== null) return <NotTold title="What it said cannot be read" error={error} />
  if (data === undefined) return <Skeleton lines={3} height="18px" />
  const said = data.signals
    .flatMap((signal) => (signal.type === 'log' ? signal : []))
    .filter((log) => log.branch === branch && log.attempt === attempt && (iteration === null || log.iteration === iteration))
  if (said.length === 0) return <p className="quiet">It said nothing that was kept.</p>
  return (
    <pre className="log-tail" tabIndex={0} aria-label={`The last that attempt ${attempt} of ${step} said`}>
      {said.slice(-lines).map(({ at, level, program, message }, index) => (
        <span key={index} className={program === 'stderr' || level === 'error' ? 'line loud' : 'line'}>
          <span className="at">{exactTime(at, zone)}</span> <ShownText text={message} />
          {'\n'}
        </span>
      ))}
    </pre>
  )
}
