import type { Migration } from '../sqlite/migrate.ts'
import { ground } from './0001-ground.ts'
import { commitLatency } from './0002-commit-latency.ts'
import { valuesInOrder } from './0003-values-in-order.ts'
import { keys } from './0004-keys.ts'
import { removedRuns } from './0005-removed-runs.ts'
import { stubs } from './0006-stubs.ts'
import { errors } from './0007-errors.ts'
import { breakers } from './0008-breakers.ts'
import { deadLetters } from './0009-dead-letters.ts'
import { throttles } from './0010-throttles.ts'
import { checkpointsInOrder } from './0011-checkpoints-in-order.ts'

/** In order. A store is brought through those that it has not seen; what one says never changes once it is out. */
export const migrations: readonly Migration[] = [
  ground,
  commitLatency,
  valuesInOrder,
  keys,
  removedRuns,
  stubs,
  errors,
  breakers,
  deadLetters,
  throttles,
  checkpointsInOrder,
]
