import type { ErrorRecord } from '../../model/error-record.ts'
import type { Failure } from '../../model/failure.ts'
import type { ErrorId } from '../../model/ids.ts'
import type { Savepoint } from '../../model/savepoint.ts'
import type { RunState } from '../state/run-state.ts'
import { close } from './close.ts'
import { restore } from './restore.ts'
import type { Turn } from './turn.ts'

/**
 * All is undone that completed since the savepoint: the run goes on from there, with the code that it had there. The turn is clean,
 * since it begins a branch, and has nothing to tell of the one that is left.
 */
export function goBack(turn: Turn): void {
  const { closing } = turn.state.record
  if (closing?.outcome !== 'rolled_back') return
  const { to, why } = closing
  const moment = turn.moment(to.checkpoint)
  if (moment === undefined) return close(turn, { outcome: 'failed', failure: savepointGone(to) })
  const reason = `rolled back to ${to.name}${why === null ? '' : `: ${why}`}`
  restore(turn, { moment, pinned: moment.pinned, migrating: null }, reason, { error: mendedBy(turn.state) })
}

/** The error that the run is rolled back for by itself: whether that mends it, its pass tells when it comes to it again. */
function mendedBy(state: RunState): ErrorId | null {
  const isRolledBack = ({ recoveries }: ErrorRecord): boolean => recoveries.at(-1)?.strategy === 'rollback'
  return [...state.errors()].find(isRolledBack)?.id ?? null
}

function savepointGone({ name, checkpoint }: Savepoint): Failure {
  return {
    class: 'permanent',
    name: 'SavepointGone',
    message: `checkpoint ${checkpoint}, which the savepoint ${name} is, is not kept any more`,
    wayOut: 'go back to a checkpoint that is there, or let retention keep more of runs that have not ended',
  }
}
