import { Link } from '@tanstack/react-router'
import type { ErrorOfRun } from '../../../../model/error-record.ts'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { Facts } from '../../run/inspector/facts.tsx'
import { Disclosure } from '../../run/inspector/disclosure.tsx'
import { LogTail } from './log-tail.tsx'
import { RunInput } from './run-input.tsx'

/** What an error happened on and in: its state, attempts and process, what the run was given, and what was said last. */
export function ErrorContext({ view: { run, correlation, error } }: { readonly view: ErrorOfRun }) {
  const { step, iteration, attempts, checkpoint, branch, environment, retryable } = error
  const at = { step: step ?? undefined, iteration: iteration ?? undefined, attempt: attempts?.last }
  return (
    <div className="error-context">
      <Facts
        of={{
          state: (
            <Link to="/runs/$run" params={{ run }} search={{ checkpoint, branch, tab: 'state' }} className="link">
              checkpoint {checkpoint}
            </Link>
          ),
          attempts: attempts !== null && (
            <Link to="/runs/$run" params={{ run }} search={{ ...at, tab: 'attempts' }} className="link">
              {attempts.first === attempts.last ? `attempt ${attempts.last}` : `${attempts.first} to ${attempts.last}`}
            </Link>
          ),
          'another try': retryable ? 'may go better' : 'would come to the same',
          correlation: (
            <Link to="/runs" search={{ query: `correlation:${JSON.stringify(correlation)}` }} className="link">
              <ShownText text={correlation} />
            </Link>
          ),
          'ran in': environment === null ? null : `Cairn ${environment.host}, Node ${environment.node}, ${environment.platform}, ${environment.executor}`,
        }}
      />
      <Disclosure title="What the run was given">{() => <RunInput run={run} />}</Disclosure>
      {step !== null && attempts !== null && (
        <Disclosure title={`The last that attempt ${attempts.last} said`}>{() => <LogTail {...{ run, step, branch }} iteration={iteration} attempt={attempts.last} />}</Disclosure>
      )}
    </div>
  )
}
