/** What became of an answer, read off the run as it goes on: the outcome, never the acceptance. */
import type { FollowItem } from '../../../../contract/streams.ts'
import type { Instant } from '../../../../model/ids.ts'
import type { Manifest } from '../../../../model/manifest.ts'
import type { RunRecord } from '../../../../model/run.ts'
import { isEnded } from '../../../../model/status.ts'
import type { StepRecord } from '../../../../model/step.ts'
import { lengthOfTime } from '../../../widgets/time/format.ts'

export interface Outcome {
  readonly isGood: boolean
  readonly words: string
}

interface Seen {
  readonly record: RunRecord
  readonly manifest: Manifest
  readonly steps: ReadonlyMap<string, StepRecord>
}

/** Reads until the run ends or waits for something, or until the items end; then says how things stand. */
export async function outcomeOf(items: AsyncIterable<FollowItem>, decidedAt: Instant): Promise<Outcome | undefined> {
  let seen: Seen | undefined
  for await (const item of items) {
    seen = after(seen, item)
    if (seen !== undefined && isSettled(seen.record)) break
  }
  return seen === undefined ? undefined : outcome(seen, decidedAt)
}

function after(seen: Seen | undefined, item: FollowItem): Seen | undefined {
  if (item.type === 'whole') {
    const { record, manifest, steps } = item.detail
    return { record, manifest, steps: new Map(steps.map((step) => [keyOf(step), step])) }
  }
  if (item.type !== 'changed' || seen === undefined) return seen
  const steps = new Map([...seen.steps, ...item.steps.map((step) => [keyOf(step), step] as const)])
  return { ...seen, record: item.record, steps }
}

const keyOf = ({ branch, step, iteration }: StepRecord): string => `${branch}/${step}/${iteration}`

function isSettled({ status }: RunRecord): boolean {
  return isEnded(status) || status === 'waiting' || status === 'paused' || status === 'quarantined'
}

function outcome({ record, manifest, steps }: Seen, decidedAt: Instant): Outcome {
  const kinds = new Map(manifest.steps.map(({ id, kind }) => [id, kind]))
  const present = [...steps.values()].filter(({ branch }) => branch === record.branch)
  const done = present.filter((step) => step.status === 'completed' && (step.endedAt ?? 0) >= decidedAt)
  const sent = done.filter(({ step, via }) => kinds.get(step) === 'email' && via === null)
  const mails = sent.map(({ endedAt }) => `The mail was sent ${lengthOfTime((endedAt ?? decidedAt) - decidedAt)} later.`)
  return { isGood: record.status !== 'failed' && record.status !== 'quarantined', words: [...mails, standing(record, present, decidedAt)].join(' ') }
}

function standing({ status, waiting, endedAt, failure }: RunRecord, steps: readonly StepRecord[], decidedAt: Instant): string {
  const later = endedAt === null ? '' : `, ${lengthOfTime(endedAt - decidedAt)} later`
  const at = steps.filter((step) => step.status === status).map(({ step }) => step)
  switch (status) {
    case 'completed':
      return `The run completed${later}.`
    case 'cancelled':
      return `The run ended as cancelled${later}.`
    case 'failed':
      return `The run failed${later}: ${failure?.message ?? 'it is not known why'}.`
    case 'waiting':
      return `The run waits${waiting === 'decision' || waiting === 'in_doubt' ? ' for a person' : ''} at ${at.join(', ') || 'its next step'}.`
    case 'paused':
      return 'The run is paused: what follows starts once it is resumed.'
    case 'quarantined':
      return 'The run is in quarantine.'
    default:
      return at.length === 0 ? 'The run goes on.' : `The run goes on: ${at.join(', ')} ${at.length === 1 ? 'is' : 'are'} running.`
  }
}
