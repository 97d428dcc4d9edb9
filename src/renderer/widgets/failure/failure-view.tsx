import { useQuery } from '@tanstack/react-query'
import type { Failure } from '../../../model/failure.ts'
import { useApi } from '../../state/client.ts'
import { ShownText } from '../text/shown-text.tsx'
import { spelled } from '../text/unseen.ts'
import { CycleView } from './cycle-view.tsx'
import { DeadlockView } from './deadlock-view.tsx'
import { WayOut } from './way-out.tsx'
import { within } from './within.ts'
import './failure-view.css'

/** A failure in full: what, where, the way out, and the stack in the author's own files. */
export function FailureView({ failure }: { readonly failure: Failure }) {
  const { name, message, stack, code, cycle, deadlock } = failure
  return (
    <div className="failure-view">
      <p className="what">
        <span className="class" data-tone="failure">
          {failure.class.replaceAll('_', ' ')}
        </span>
        <strong>
          <ShownText text={name} />
        </strong>
        {code !== undefined && (
          <code>
            <ShownText text={code} />
          </code>
        )}
      </p>
      {deadlock === undefined ? (
        <p className="message">
          <ShownText text={message} />
        </p>
      ) : (
        <DeadlockView deadlock={deadlock} />
      )}
      {cycle !== undefined && <CycleView cycle={cycle} />}
      <WayOut of={failure} />
      {stack !== undefined && <Stack stack={stack} />}
    </div>
  )
}

/** Its files as the workspace has them; where they lie on the machine is in the title. */
function Stack({ stack }: { readonly stack: string }) {
  const api = useApi()
  const { data } = useQuery({ queryKey: ['host'], queryFn: () => api.host.info(), meta: { follows: ['host'] } })
  return (
    <pre tabIndex={0} title={spelled(stack)}>
      <ShownText text={data === undefined ? stack : within(data.workspace, stack)} />
    </pre>
  )
}
