import type { StrategyName } from '../../model/recovery-strategy.ts'
import { ask } from './ask.ts'
import { deadLetter } from './dead-letter.ts'
import { fail } from './fail.ts'
import { fallback } from './fallback.ts'
import { giveWay } from './give-way.ts'
import { longerTimeout } from './longer-timeout.ts'
import { restart } from './restart.ts'
import { restartFromCheckpoint } from './restart-from-checkpoint.ts'
import { restoreValid } from './restore-valid.ts'
import { retry } from './retry.ts'
import { rollback } from './rollback.ts'
import { skip } from './skip.ts'
import type { Strategy } from './strategy.ts'
import { waitForResource } from './wait-for-resource.ts'

/** Every strategy there is. */
export const strategies: { readonly [N in StrategyName]: Strategy } = {
  retry,
  longer_timeout: longerTimeout,
  wait_for_resource: waitForResource,
  fallback,
  skip,
  rollback,
  give_way: giveWay,
  ask,
  dead_letter: deadLetter,
  fail,
  restart_from_checkpoint: restartFromCheckpoint,
  restore_valid: restoreValid,
  restart,
}
