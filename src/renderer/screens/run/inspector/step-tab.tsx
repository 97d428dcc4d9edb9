import { useMemo } from 'react'
import { defaultRetry, type RetryPolicy, type StepManifest } from '../../../../model/manifest.ts'
import { Lasted, Time } from '../../../widgets/time/times.tsx'
import { lengthOfTime } from '../../../widgets/time/format.ts'
import { lookOfStep } from '../../../widgets/status/look.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { useFollowed } from '../state/following.ts'
import { passOf } from '../state/followed-run.ts'
import { stateAt } from '../state/past.ts'
import { useSelect, useSelection } from '../state/selection.ts'
import { Disclosure } from './disclosure.tsx'
import { Facts } from './facts.tsx'
import { Part } from './part.tsx'
import { seenBy } from './seen.ts'
import { StepDecisions } from './step-decisions.tsx'
import { StoredValue } from './stored-value.tsx'
import type { Pass } from './use-pass.ts'

/** A step as it stands: what it was given, what it put out, and what its author settled. */
export function StepTab({ pass }: { readonly pass: Pass }) {
  const { step, record } = pass
  const checkpoints = useFollowed((known) => known.checkpoints)
  const { startedAt = null, failure = null, output = null } = record ?? {}
  const seen = startedAt === null ? [] : seenBy(step.needs, startedAt, checkpoints)
  return (
    <>
      <Part title={step.title ?? step.id} aside={<Iterations pass={pass} />}>
        <Standing pass={pass} />
      </Part>
      <StepDecisions pass={pass} />
      {failure !== null && (
        <Part title="Why it failed">
          <FailureView failure={failure} />
        </Part>
      )}
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

function Standing({ pass: { step, record, attempts } }: { readonly pass: Pass }) {
  const { checkpoint } = useSelection()
  const checkpoints = useFollowed((known) => known.checkpoints)
  const then = useMemo(() => (checkpoint === undefined ? undefined : stateAt(checkpoints, checkpoint).facts[step.id]), [checkpoints, checkpoint, step.id])
  const at = useFollowed((known) => (record === undefined ? undefined : known.run.progress.get(passOf(record))))
  const progress = record?.status === 'running' ? at : undefined
  const heartbeat = useFollowed((known) => (record === undefined ? undefined : known.run.heartbeats.get(passOf(record))))
  if (record === undefined) return <p className="quiet">The run has not come to it.</p>
  const until = record.waiting?.until ?? null
  return (
    <>
      <Facts
        of={{
          [checkpoint === undefined ? 'status' : 'now']: <StatusBadge look={lookOfStep(record)} />,
          [`at checkpoint ${checkpoint}`]: checkpoint === undefined ? null : then === undefined ? 'not reached' : `${then.status}, iteration ${then.iteration}`,
          progress: progress === undefined ? null : `${Math.round(progress.fraction * 100)} %${progress.note === null ? '' : `, ${progress.note}`}`,
          until: until === null ? null : <Time at={until} />,
          'skipped because': record.skipped,
          'stood in by': record.via,
          started: record.startedAt === null ? null : <Time at={record.startedAt} />,
          [record.endedAt === null ? 'so far' : 'took']: record.startedAt === null ? null : <Lasted from={record.startedAt} until={record.endedAt} />,
          tries: attempts.length === 0 || step.kind === 'approval' || step.kind === 'wait' ? null : `${record.tries} of ${step.retry?.attempts ?? defaultRetry.attempts}${record.attempts > record.tries ? `, ${record.attempts} begun` : ''}`,
          'last heartbeat': record.status !== 'running' || heartbeat === undefined ? null : <Time at={heartbeat.at} />,
          undoing: record.compensation === 'none' ? null : record.compensation.replaceAll('_', ' '),
        }}
      />
      {progress !== undefined && <progress className="progress" max={1} value={progress.fraction} aria-label={`Progress of ${step.id}`} />}
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

function settingsOf(step: StepManifest): Readonly<Record<string, string | null>> {
  const flags = [step.optional && 'optional', step.critical && 'critical', step.conditional && 'conditional', step.isolated && 'a process to itself', step.sensitive && 'sensitive']
  return {
    id: step.id,
    kind: step.kind,
    needs: step.needs.length === 0 ? null : step.needs.join(', '),
    timeout: step.timeout === null ? null : lengthOfTime(step.timeout),
    retry: step.kind === 'wait' || step.kind === 'approval' ? null : retryInWords(step.retry ?? defaultRetry),
    effect: step.effect === null ? null : `touches the outside world, ${step.effect.repeat} to repeat`,
    fallback: step.fallback,
    loop: step.loop === null ? null : `back to ${step.loop.to.join(' or ')}, ${step.loop.max} times at most`,
    deadline: step.kind === 'approval' && step.deadline !== null ? `${lengthOfTime(step.deadline)}, then ${step.onDeadline === 'fail' ? 'it fails' : 'it is skipped'}` : null,
    'waits for': step.kind === 'wait' ? (step.duration === null ? 'as long as the definition answers' : lengthOfTime(step.duration)) : null,
    'when nothing helps': step.onFailure === 'ask' ? 'a person is asked' : null,
    'can be undone': step.compensates ? 'yes' : null,
    also: flags.filter((flag) => flag !== false).join(', ') || null,
  }
}

function retryInWords({ attempts, initial, factor, max }: RetryPolicy): string {
  if (attempts === 1) return 'one try'
  return `${attempts} tries, after ${lengthOfTime(initial)}${factor === 1 ? '' : ` × ${factor}`}, ${lengthOfTime(max)} at most`
}
