import { NotFound, Refused } from '../../model/control-errors.ts'
import type { DecisionRecord } from '../../model/decision.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { DecideRequest } from '../control.ts'
import type { Destination } from '../planner/migration.ts'
import type { Storage } from '../ports.ts'
import { pinnedDestination } from './destination.ts'
import { momentOf, whyNoMoment } from './restoring.ts'

/** Where an answer sends the run back to; null where it does not. @throws Refused where it cannot be gone back there */
export function answeredDestination(storage: Storage, decision: DecisionRecord, { run, action, checkpoint }: DecideRequest): Destination | null {
  const goesBack = decision.kind === 'recovery' || decision.kind === 'dead_letter'
  if (!goesBack || (action !== 'restore' && action !== 'restart')) {
    if (checkpoint === undefined || checkpoint === null) return null
    throw refusal(`${action} does not go back to a checkpoint`, 'name one with restore alone')
  }
  const to = action === 'restart' ? 0 : (checkpoint ?? decision.checkpoint ?? 0)
  try {
    return pinnedDestination(momentOf(storage, { run, checkpoint: to }))
  } catch (error) {
    if (error instanceof NotFound) throw refusal(`run ${run} has no checkpoint ${to}`, whyNoMoment(storage, { run, checkpoint: to }))
    if (!(error instanceof CorruptionFound)) throw error
    const whole = typeof error.nearest === 'number' ? `go back to checkpoint ${error.nearest}, which is whole` : 'choose another answer'
    throw refusal(`checkpoint ${to} is damaged: ${error.message}`, whole)
  }
}

function refusal(message: string, wayOut: string): Refused {
  return new Refused(message, [{ class: 'validation', name: 'Refused', path: 'checkpoint', message, wayOut }])
}
