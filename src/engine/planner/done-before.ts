import type { Before } from '../../model/before.ts'
import type { StepId } from '../../model/ids.ts'
import type { RunState } from '../state/run-state.ts'
import type { Kin } from './kin.ts'

/** What a step did outside before: in the run itself, on branches that it has left, and, where it is a replay, in what it replays. */
export function beforeIn(state: RunState, kin: Pick<Kin, 'stored'>): (step: StepId) => Before[] {
  const replayed = [...replayedBy(state, kin)]
  return (step) => [...state.before(step), ...replayed.flatMap((run) => run.done(step))]
}

/** The run that it replays, the one that that replays, and so on, as far as they are kept and can be read. */
function* replayedBy({ record: { origin } }: RunState, kin: Pick<Kin, 'stored'>): Generator<RunState> {
  const replayed = origin === null ? undefined : kin.stored(origin.run)
  if (replayed === undefined || typeof replayed === 'string') return
  yield replayed
  yield* replayedBy(replayed, kin)
}
