import { Link } from '@tanstack/react-router'
import type { Deadlock } from '../../../model/deadlock.ts'
import { nameInWords } from '../../../model/resource.ts'
import { MarkedRunId } from '../replay/marked-run-id.tsx'
import './deadlock-view.css'

/** Who waits for whom: each for what the one beneath it holds, and the last for what the first does. */
export function DeadlockView({ deadlock }: { readonly deadlock: Deadlock }) {
  return (
    <>
      <p>Runs wait for one another:</p>
      <ol className="deadlock-view" aria-label="Who waits for whom">
        {deadlock.map(({ run, workflow, step, wants }, index) => (
          <li key={`${run} ${step}`}>
            <Link to="/runs/$run" params={{ run }} search={step === null ? {} : { step }} title={run}>
              {workflow} <MarkedRunId run={run} />
            </Link>{' '}
            <span className="quiet">
              {step !== null && `at ${step} `}
              {wants === null ? 'waits for its child, ' : `waits for ${nameInWords(wants)}, held by `}
              {index === deadlock.length - 1 ? 'the first' : 'the next'}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}
