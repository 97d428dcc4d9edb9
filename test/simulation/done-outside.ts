/** What the journal says that steps of a run have done outside, or may have done, read without asking anything that tells a person of it. */
import type { Before } from '../../src/model/before.ts'
import { idempotencyKey } from '../../src/model/idempotency-key.ts'
import type { Instant, RunId, StepId } from '../../src/model/ids.ts'
import type { Disk } from './memory-storage.ts'

interface Did extends Before {
  readonly step: StepId
  readonly branch: number
}

/** What a pass of a branch has come to. */
interface Pass {
  readonly step: StepId
  readonly iteration: number
  readonly branch: number
  begun: Instant | null
  armed: boolean
  did: Pick<Before, 'at' | 'inDoubt'> | null
}

/** All that a run did, on whichever branch. What it took over from another run was not completed in it; a disarmed one does what is armed. */
function didIn(disk: Disk, run: RunId): readonly Did[] {
  const passes = new Map<string, Pass>()
  const isDisarmed = disk.runs.get(run)?.record.disarmed === true
  let branch = 0
  for (const entry of disk.journal) {
    if (entry.run !== run) continue
    for (const event of entry.events) {
      if (event.type === 'run_restored') branch = event.branch
      if (!('step' in event) || !('iteration' in event) || event.step === null || event.iteration === null) continue
      const { step, iteration } = event
      const name = `${branch}/${step}/${iteration}`
      const pass = passes.get(name) ?? { step, iteration, branch, begun: null, armed: !isDisarmed, did: null }
      passes.set(name, pass)
      if (event.type === 'attempt_started' && event.phase === 'run') pass.begun ??= entry.at
      if (event.type === 'step_armed') pass.armed = true
      if (event.type === 'step_in_doubt') pass.did = { at: pass.begun ?? entry.at, inDoubt: true }
      else if (event.type === 'step_completed') pass.did = event.via === null && pass.begun !== null && pass.armed ? { at: entry.at, inDoubt: false } : null
      else if (settles.has(event.type) || (event.type === 'attempt_started' && event.phase === 'run')) pass.did = null
    }
  }
  const rows = disk.runs.get(run)?.steps
  return [...passes].flatMap(([name, { step, iteration, branch: on, did }]) => {
    const generation = rows?.get(name)?.generation
    if (did === null || generation === undefined) return []
    return [{ ...did, step, branch: on, key: idempotencyKey(run, { step, iteration, generation }, 'run') }]
  })
}

/** Whoever says what became of it settles the doubt. */
const settles: ReadonlySet<string> = new Set(['step_ready', 'step_waiting', 'step_failed', 'step_skipped', 'step_cancelled', 'step_superseded'])

/** As a person is told of what a run did on branches that it has left, and of what the run did that it replays, and the one that that replays. */
export function didBefore(disk: Disk, run: RunId): (step: StepId) => Before[] {
  const { branch, origin } = disk.runs.get(run)?.record ?? { branch: 0, origin: null }
  const left = didIn(disk, run).filter((each) => each.branch !== branch)
  const replayed = origin === null ? [] : chain(disk, origin.run).map((each) => didIn(disk, each))
  return (step) => [left, ...replayed].flatMap((did) => lastOf(did, step))
}

function chain(disk: Disk, run: RunId): readonly RunId[] {
  const origin = disk.runs.get(run)?.record.origin ?? null
  return [run, ...(origin === null ? [] : chain(disk, origin.run))]
}

/** Of the step what was done last, and all that is in doubt. */
function lastOf(did: readonly Did[], of: StepId): Before[] {
  const own = did.flatMap(({ step, key, at, inDoubt }) => (step === of ? [{ key, at, inDoubt }] : [])).toSorted((a, b) => a.at - b.at)
  return [...own.filter(({ inDoubt }) => !inDoubt).slice(-1), ...own.filter(({ inDoubt }) => inDoubt)]
}
