/**
 * What is done about a run that has failed. Telling and doing go by the same choice, and both send the run back in the same turn as
 * whoever restores a checkpoint (law 8).
 */
import { Conflict, Refused } from '../../model/control-errors.ts'
import type { Failure } from '../../model/failure.ts'
import { rulesFor } from '../../model/policy/policy.ts'
import type { RunStrategy } from '../../model/recovery-strategy.ts'
import type { RunRecovery } from '../../model/run-recovery.ts'
import type { RecoverRequest } from '../control.ts'
import type { Kin } from '../planner/kin.ts'
import type { Destination } from '../planner/migration.ts'
import type { Ports, Storage } from '../ports.ts'
import { newestWhole } from '../recovery/newest-whole.ts'
import { strategies } from '../recovery/registry.ts'
import type { FailedRun } from '../recovery/strategy.ts'
import type { RunState } from '../state/run-state.ts'
import type { Claims } from '../turn/claims.ts'
import { tellRecovery } from '../turn/tell-error.ts'
import type { Turn } from '../turn/turn.ts'
import { pinnedDestination } from './destination.ts'
import type { Looking } from './looking.ts'
import { assertRestorable, goBack, momentOf, rehearse } from './restoring.ts'

export interface Recommendation extends Pick<RunRecovery, 'strategy' | 'why' | 'passedOver'> {
  /** The run's version that this was found on. */
  readonly version: number
  readonly destination: Destination
}

/**
 * The first of what policy may do that applies.
 * @throws Conflict where the run has not failed, Refused where nothing applies, CorruptionFound
 */
export function recommendation(state: RunState, { storage, policy }: Pick<Ports, 'storage' | 'policy'>): Recommendation {
  const { id, workflow, version } = state.record
  assertRestorable(state.record)
  const failed = failedRun(state, storage)
  const passedOver: RunRecovery['passedOver'] = []
  for (const strategy of rulesFor(policy(), workflow, failed.failed?.step ?? null).manual_intervention.recover) {
    const way = strategies[strategy].ofRun?.(failed) ?? { not: 'it is not for runs that have failed' }
    if ('checkpoint' in way) {
      const destination = pinnedDestination(momentOf(storage, { run: id, checkpoint: way.checkpoint }))
      return { strategy, why: way.why, passedOver, version, destination }
    }
    passedOver.push({ strategy, why: way.not })
  }
  throw nothingApplies(state, failed.failure, passedOver)
}

/** What recovering would lead to now. @throws as `recommendation`, and Conflict where it cannot be done now */
export function rehearseRecovery(state: RunState, ports: Looking, claims: Claims, kin: Kin): RunRecovery {
  const { strategy, why, passedOver, destination } = recommendation(state, ports)
  return { strategy, why, passedOver, preview: rehearse(state, ports, destination, claims, kin) }
}

/** Does it, if it still is what was found, and what whoever asks was told. @throws Conflict */
export function recoverRun(turn: Turn, found: Recommendation, { run, seen, actor, reason, strategy }: RecoverRequest): void {
  const { record } = turn.state
  if (strategy !== null && strategy !== found.strategy) {
    throw new Conflict(`policy recommends ${inWords(found.strategy)} for run ${run} now, and not ${inWords(strategy)}: look again`, record)
  }
  if (record.version !== found.version) throw new Conflict(`run ${run} has moved since: look again`, record)
  const why = `recovered: ${inWords(found.strategy)}, ${found.why}`
  tellRecovery(turn, null, 'run', { strategy: found.strategy, why: found.why })
  goBack(turn, found.destination, { run, seen, actor, revision: null, reason: reason === null ? why : `${reason} (${why})` })
}

/** @throws Conflict */
function failedRun(state: RunState, storage: Storage): FailedRun {
  const { record } = state
  const { id, status, failure, head } = record
  const isDamaged = status === 'quarantined' && failure?.class === 'corruption'
  if ((status !== 'failed' && !isDamaged) || failure === null) {
    throw new Conflict(`run ${id} has not failed: it is ${status}`, record)
  }
  const failed = [...state.present()].find((pass) => pass.status === 'failed' && !state.manifest(pass.step).onlyAsFallback)
  return { state, failure, failed: failed ?? null, whole: newestWhole((checkpoint) => storage.moment(id, checkpoint), head) }
}

function nothingApplies({ record: { id, head } }: RunState, failure: Failure, passedOver: RunRecovery['passedOver']): Refused {
  const why = passedOver.map((each) => `${inWords(each.strategy)}: ${each.why}`).join('; ')
  const message = `policy knows nothing that recovers run ${id}, which failed of what is ${failure.class.replaceAll('_', ' ')}${why === '' ? '' : ` (${why})`}`
  const wayOut = `mend what it failed of, then send it back yourself: restore checkpoint ${head}, or an earlier one, with the present definition where that was at fault`
  return new Refused(message, [{ class: 'validation', name: 'NothingApplies', path: 'run', message, wayOut }])
}

function inWords(strategy: RunStrategy): string {
  return strategy.replaceAll('_', ' ')
}
