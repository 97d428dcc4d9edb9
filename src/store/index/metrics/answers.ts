import type { Instant, WorkflowName } from '../../../model/ids.ts'
import type { Metrics, MetricsRange } from '../../../model/metrics.ts'
import type { StoredRevision, WorkflowHealth } from '../../../model/workflow-views.ts'
import type { LatencyBucket } from '../../format/latency.ts'
import { latencyReader } from '../../read/latencies.ts'
import type { OpenIndex } from '../open-index.ts'
import { healthReader } from './health.ts'
import { metricsReader } from './metrics.ts'
import { storedRevisionReader } from './revisions.ts'
import { sumReader } from './sums.ts'

export interface MetricAnswers {
  /** `waiting` is what the store does not hold yet of how long commits took. */
  metrics(range: MetricsRange, waiting: readonly LatencyBucket[]): Metrics
  health(from: Instant): readonly WorkflowHealth[]
  revisions(workflow: WorkflowName): readonly StoredRevision[]
}

export function metricAnswers({ index, store }: OpenIndex): MetricAnswers {
  const sums = sumReader(index)
  return {
    metrics: metricsReader(sums, latencyReader(store)),
    health: healthReader(store, sums),
    revisions: storedRevisionReader(store, sums),
  }
}
