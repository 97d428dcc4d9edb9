import { errors } from './errors/projection.ts'
import { failures } from './failures/projection.ts'
import { metrics } from './metrics/projection.ts'
import type { Projection } from './projection.ts'
import { followRuns } from './runs/follow-runs.ts'
import { createRunTables } from './runs/tables.ts'
import { storage } from './storage/projection.ts'

const runs: Projection = { name: 'runs', version: 8, create: createRunTables, follow: followRuns }

/** Every projection of the index. A change of this list, or of a version in it, makes the index anew. */
export const projections: readonly Projection[] = [runs, metrics, failures, errors, storage]
