/** The figures of a range, added up from the buckets in which they are kept. */
import { FailureClass, isRetryable } from '../../../model/failure.ts'
import { type Instant, StepId, WorkflowName } from '../../../model/ids.ts'
import { ErrorEnding, type Metrics, type MetricsRange } from '../../../model/metrics.ts'
import type { LatencyBucket } from '../../format/latency.ts'
import { countOf, merged, quantile } from '../../measure/histogram.ts'
import { type Axis, axisOf, bucketsOf, floor, spansOf } from '../../measure/widths.ts'
import type { LatencyReader } from '../../read/latencies.ts'
import { parsed } from '../parsed.ts'
import { histogramOf } from './histogram-of.ts'
import { type Sum, type Sums, total } from './sums.ts'

export function metricsReader(sums: Sums, latencies: LatencyReader) {
  /** `waiting` is what of the commits the store does not hold yet. @throws CorruptionFound */
  return ({ workflow, ...range }: MetricsRange, waiting: readonly LatencyBucket[]): Metrics => {
    const axis = axisOf(range.from, range.to, sums.newest())
    const { from, to, bucket } = axis
    const errors = errorsIn(sums.totals('error', from, to, workflow))
    return {
      from,
      to,
      bucket,
      outcomes: outcomes(axis, sums.points('run', axis, workflow)),
      commits: commits(axis, latencies.within(axis.width, from, to, waiting)),
      commitTotal: latency(
        spansOf(from, to).flatMap((span) => latencies.within(span.width, span.from, span.to, waiting)),
      ),
      steps: stepsIn(sums.totals('attempt_took', from, to, workflow), sums.totals('attempt_failed', from, to, workflow)),
      errors,
      recovery: recovery(errors),
    }
  }
}

function outcomes(axis: Axis, points: ReturnType<Sums['points']>): Metrics['outcomes'] {
  const counts = new Map<string, number>()
  for (const { at, name, count } of points) {
    const key = `${name} ${floor(at, axis.bucket)}`
    counts.set(key, (counts.get(key) ?? 0) + count)
  }
  const of = (name: string, at: Instant): number => counts.get(`${name} ${at}`) ?? 0
  return bucketsOf(axis).map((at) => ({
    at,
    started: of('started', at),
    completed: of('completed', at),
    failed: of('failed', at),
    cancelled: of('cancelled', at),
  }))
}

function commits(axis: Axis, stored: readonly LatencyBucket[]): Metrics['commits'] {
  const byBucket = Map.groupBy(stored, ({ at }) => floor(at, axis.bucket))
  return bucketsOf(axis).map((at) => ({ at, ...latency(byBucket.get(at) ?? []) }))
}

function latency(buckets: readonly LatencyBucket[]): Metrics['commitTotal'] {
  const all = merged(...buckets.map(({ cells }) => new Map(cells)))
  return { count: countOf(all), p50: quantile(all, 0.5), p99: quantile(all, 0.99) }
}

function stepsIn(took: readonly Sum[], failed: readonly Sum[]): Metrics['steps'] {
  const failures = new Map(failed.map((sum) => [stepKey(sum), total(sum.counts)]))
  return took
    .map((sum) => {
      const all = histogramOf(sum.counts)
      return {
        workflow: parsed(WorkflowName, sum.workflow),
        step: parsed(StepId, sum.name),
        count: countOf(all),
        failed: failures.get(stepKey(sum)) ?? 0,
        p50: quantile(all, 0.5),
        p95: quantile(all, 0.95),
      }
    })
    .toSorted((a, b) => b.count - a.count)
}

function stepKey({ workflow, name }: Sum): string {
  return `${workflow} ${name}`
}

const noErrors = { retried: 0, fallback: 0, skipped: 0, person: 0, failed: 0, open: 0 } as const satisfies Record<ErrorEnding, 0>

function errorsIn(sums: readonly Sum[]): Metrics['errors'] {
  return [...Map.groupBy(sums, ({ name }) => parsed(FailureClass, name))]
    .map(([name, ofWorkflows]) => {
      const ended: Record<ErrorEnding, number> = { ...noErrors }
      for (const { counts } of ofWorkflows) {
        for (const [ending, count] of counts) ended[parsed(ErrorEnding, ending)] += count
      }
      return { class: name, count: ofWorkflows.reduce((sum, { counts }) => sum + total(counts), 0), ended }
    })
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
}

/** An open error says nothing yet, and one that no repetition can mend is not the engine's to get over. */
function recovery(errors: Metrics['errors']): Metrics['recovery'] {
  const recoverable = errors.filter(isRetryable)
  return {
    errors: recoverable.reduce((sum, { count, ended }) => sum + count - ended.open, 0),
    byItself: recoverable.reduce((sum, { ended }) => sum + ended.retried + ended.fallback + ended.skipped, 0),
  }
}
