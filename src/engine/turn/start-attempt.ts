import type { Allowance } from '../../model/allowance.ts'
import type { StepManifest } from '../../model/manifest.ts'
import type { Detection } from '../../model/policy/detection.ts'
import { rulesFor } from '../../model/policy/policy.ts'
import type { Phase, StepRecord } from '../../model/step.ts'
import { usualTimeoutOf } from '../planner/time-limits.ts'
import { hold } from './hold.ts'
import type { Turn } from './turn.ts'

/** How long functions may take that prepare a wait or an approval, or ask a receiver, in milliseconds, where the step does not say. */
const askingTimeout = 30_000

/**
 * Decides an attempt, or has the pass wait for what an attempt would use. Its handler starts after the commit, when the scheduler finds a live attempt that no executor
 * has. Where the whole handler is the effect, the effect counts as begun from here on.
 */
export function startAttempt(turn: Turn, record: StepRecord, phase: Phase): void {
  if (phase !== 'check' && !turn.claims.take(turn, record)) return awaitResources(turn, record, phase)
  if (phase === 'run') hold(turn, record)
  const manifest = turn.state.manifest(record.step)
  const asks = manifest.kind === 'approval' || manifest.kind === 'wait' || phase === 'check'
  const { detection } = rulesFor(turn.policy, turn.state.record.workflow, record.step)
  const allowance = phase === 'run' ? allowanceOf(record, manifest, detection) : null
  const own = phase === 'compensate' ? manifest.compensation?.timeout : allowance?.timeout
  // That of a step with a child is the child's: the attempt only says what it is given.
  const timeout = manifest.kind === 'workflow' ? askingTimeout : (own ?? manifest.timeout ?? (asks ? askingTimeout : usualTimeoutOf(manifest, detection.timeouts)))
  const wholeHandler = manifest.effect !== null && phase !== 'check' && (manifest.kind === 'code' || phase === 'compensate')
  if (phase === 'run') markStart(turn, record, manifest.critical)
  turn.emit({
    type: 'attempt_started',
    step: record.step,
    iteration: record.iteration,
    attempt: record.attempts + 1,
    phase,
    effect: wholeHandler ? 'begun' : 'none',
    timeout,
    allowance,
  })
}

/** What recovery has raised goes before what the workspace says. */
function allowanceOf({ allowance }: StepRecord, { kind }: StepManifest, { processor, memory }: Detection): Allowance | null {
  if (kind !== 'code' || (processor === null && memory === null)) return allowance
  return { ...(processor !== null && { processor }), ...(memory !== null && { memory }), ...allowance }
}

function awaitResources(turn: Turn, { step, iteration, waiting }: StepRecord, phase: Exclude<Phase, 'check'>): void {
  if (waiting?.for === 'resource') return
  const on = turn.claims.throttle(turn, { step, iteration })
  turn.emit({ type: 'resources_awaited', step, iteration, phase, ...(on !== null && { on }) })
}

function markStart(turn: Turn, record: StepRecord, isCritical: boolean): void {
  const isFirst = record.attempts === 0
  if (isCritical) turn.criticalPoint(record)
  else if (isFirst && takesAround(turn, record)) turn.startPoint(record)
}

/** What the workspace says goes before what the definition says. */
function takesAround(turn: Turn, { step }: StepRecord): boolean {
  const { name, checkpoints: defined } = turn.state.graph.manifest
  const { checkpoints } = rulesFor(turn.policy, name, step)
  return (checkpoints === 'defined' ? defined : checkpoints) === 'around'
}
