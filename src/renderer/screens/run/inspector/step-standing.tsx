import { useMemo } from 'react'
import { defaultRetry, type StepManifest } from '../../../../model/manifest.ts'
import type { AttemptRecord, Follows, StepRecord } from '../../../../model/step.ts'
import { armLook, lookOfStep } from '../../../widgets/status/look.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'
import { Lasted, Time } from '../../../widgets/time/times.tsx'
import { armsOf } from '../state/arms.ts'
import { passOf, type Progress } from '../state/followed-run.ts'
import { useFollowed } from '../state/following.ts'
import { lastSaidBy } from '../state/said-by.ts'
import { useRestedView } from '../state/view.ts'
import { Facts } from './facts.tsx'
import type { Pass } from './use-pass.ts'

/** How a pass stands; at a chosen checkpoint, how it stood then, and what has become of it since. */
export function StepStanding({ pass: { step, record, attempts } }: { readonly pass: Pass }) {
  const { chosen, isMoment, isPresent, detail } = useRestedView()
  const moment = isMoment ? chosen?.number : undefined
  const since = useMemo(
    () => (isMoment ? detail.steps.findLast((each) => each.step === step.id && each.iteration === record?.iteration) : undefined),
    [isMoment, detail, step.id, record?.iteration],
  )
  const at = useFollowed((known) => (record === undefined ? undefined : known.run.progress.get(passOf(record))))
  const then = isMoment ? chosen?.at : undefined
  const progress = record?.status === 'running' ? lastSaidBy(at, then) : undefined
  const beat = useFollowed((known) => (record === undefined ? undefined : known.run.heartbeats.get(passOf(record))))
  const heartbeat = record?.status === 'running' ? lastSaidBy(beat, then) : undefined
  if (record === undefined) return <p className="quiet">{isMoment ? 'The run had not come to it then.' : 'The run has not come to it.'}</p>
  const until = record.waiting?.until ?? null
  const isTakenOver = detail.record.origin !== null && record.endedAt !== null && record.endedAt <= detail.record.createdAt
  const isToBeArmed = !isMoment && armsOf(detail.decisions).some((each) => each.step === step.id && each.iteration === record.iteration)
  return (
    <>
      <Facts
        of={{
          [moment === undefined ? 'status' : `at checkpoint ${moment}`]: <StatusBadge look={isToBeArmed ? armLook : lookOfStep(record)} />,
          [isPresent ? 'now' : 'when left']: since === undefined ? null : <StatusBadge look={lookOfStep(since)} />,
          'taken over': isTakenOver ? 'from the run that is replayed' : null,
          progress: progress === 'not_kept' ? notKept : progress && progressInWords(progress),
          until: until === null ? null : <Time at={until} />,
          'skipped because': record.skipped,
          'because of': record.follows === null ? null : followsInWords(record.follows),
          'stood in by': record.via,
          started: record.startedAt === null ? null : <Time at={record.startedAt} />,
          [record.endedAt === null ? 'so far' : 'took']:
            record.startedAt === null ? null : <Lasted from={record.startedAt} until={record.endedAt ?? then ?? null} />,
          attempts:
            attempts.length === 0 || step.kind === 'approval' || step.kind === 'wait'
              ? null
              : attemptsInWords(step, record, attempts),
          'last heartbeat': heartbeat === 'not_kept' ? notKept : heartbeat && <Time at={heartbeat.at} />,
          undoing: record.compensation === 'none' ? null : record.compensation.replaceAll('_', ' '),
        }}
      />
      {progress !== undefined && progress !== 'not_kept' && (
        <progress className="progress" max={1} value={progress.fraction} aria-label={`Progress of ${step.id}`} />
      )}
    </>
  )
}

function followsInWords({ from, as, by }: Follows): string {
  if (as === 'skipped') return `${from} was left out, and this needs it`
  if (as === 'failed') return `${from} failed, and this needs it`
  return by === null ? `${from} was left out: this goes on without it` : `${by} stands in for ${from}`
}

const notKept = 'not known of then: only its last is kept'

const progressInWords = ({ fraction, note }: Progress): string =>
  `${Math.round(fraction * 100)} %${note === null ? '' : `, ${note}`}`

/** Undoing the step is no attempt of it. */
function attemptsInWords({ retry }: StepManifest, { tries }: StepRecord, attempts: readonly AttemptRecord[]): string {
  const counted = `${tries} of ${(retry ?? defaultRetry).attempts}`
  const begun = attempts.filter(({ phase }) => phase === 'run').length
  return begun > tries ? `${counted}, ${begun} begun` : counted
}
