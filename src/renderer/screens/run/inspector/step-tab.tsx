import { useMemo } from 'react'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { useSelect } from '../state/selection.ts'
import { useView } from '../state/view.ts'
import { RequestPart } from '../exchange/request-part.tsx'
import { RunFromHere } from '../restore/run-from-here.tsx'
import { ChildPart } from './child-part.tsx'
import { Disclosure } from './disclosure.tsx'
import { Facts } from './facts.tsx'
import { Part } from './part.tsx'
import { ProgramPart } from './program-part.tsx'
import { seenBy } from './seen.ts'
import { StepDecisions } from './step-decisions.tsx'
import { settingsOf } from './step-settings.ts'
import { StepStanding } from './step-standing.tsx'
import { StoredValue } from './stored-value.tsx'
import type { Pass } from './use-pass.ts'

/** A step as it stands: what it was given, what it put out, and what its author settled. */
export function StepTab({ pass }: { readonly pass: Pass }) {
  const { step, record } = pass
  const { line } = useView()
  const { startedAt = null, failure = null, output = null, child = null } = record ?? {}
  const seen = useMemo(
    () => (startedAt === null ? [] : seenBy(step.needs, startedAt, line)),
    [step, startedAt, line],
  )
  return (
    <>
      <Part title={step.title ?? step.id} aside={<Iterations pass={pass} />}>
        <StepStanding pass={pass} />
        <RunFromHere pass={pass} />
      </Part>
      <StepDecisions pass={pass} />
      {failure !== null && (
        <Part title="Why it failed">
          <FailureView failure={failure} />
        </Part>
      )}
      {step.kind === 'shell' && <ProgramPart pass={pass} />}
      {step.kind === 'http' && <RequestPart step={step} pass={pass} />}
      {step.kind === 'workflow' && child !== null && <ChildPart child={child} workflow={step.workflow} />}
      {output !== null && (
        <Part title="Output">
          <StoredValue key={output} address={output} label={`Output of ${step.id}`} />
        </Part>
      )}
      {seen.length > 0 && (
        <Part title="What it was given">
          {seen.map(({ title, address, since }) => (
            <Disclosure key={title} title={title} aside={`set at checkpoint ${since}`}>
              {() => <StoredValue address={address} label={title} />}
            </Disclosure>
          ))}
        </Part>
      )}
      <Part title="Settings">
        <Facts of={settingsOf(step)} />
      </Part>
    </>
  )
}

/** Which pass of a loop is looked at. */
function Iterations({ pass: { iterations, record } }: { readonly pass: Pass }) {
  const select = useSelect()
  if (iterations.length < 2) return null
  const choose = (iteration: number): void => select({ iteration, attempt: undefined })
  return (
    <label className="iterations">
      <span className="quiet">iteration</span>
      <select value={record?.iteration} onChange={(event) => choose(Number(event.target.value))}>
        {iterations.map(({ iteration }) => (
          <option key={iteration} value={iteration}>
            {iteration} of {iterations.length}
          </option>
        ))}
      </select>
    </label>
  )
}
