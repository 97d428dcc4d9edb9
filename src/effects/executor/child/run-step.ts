import type { TaskResult } from '../../../engine/ports.ts'
import type { StepDefinition } from '../../../sdk/definition.ts'
import type { Attempt } from './attempt.ts'
import { check } from './check.ts'
import { failureOf } from './failure.ts'
import { runApproval } from './kinds/approval.ts'
import { runCode } from './kinds/code.ts'
import { runShell, runUndoing } from './kinds/shell.ts'
import { runWait } from './kinds/wait.ts'
import { runWorkflow } from './kinds/workflow.ts'
import type { StepKind, StepOf } from './step-of.ts'

/** How each kind of step runs. A new kind is one file and one row here; one that brings much along is read with its first step, since a process is started for a single one. */
const kinds: { readonly [K in StepKind]: (step: StepOf<K>, attempt: Attempt) => Promise<TaskResult> } = {
  code: runCode,
  shell: runShell,
  email: async (step, attempt) => (await import('./kinds/email.ts')).runEmail(step, attempt),
  http: async (step, attempt) => (await import('./kinds/http.ts')).runHttp(step, attempt),
  approval: runApproval,
  wait: runWait,
  workflow: runWorkflow,
}

/** Runs an attempt to its end. Never throws: what its code throws is a failure. */
export async function runStep(find: () => StepDefinition, attempt: Attempt): Promise<TaskResult> {
  try {
    const step = find()
    if (attempt.work.phase === 'compensate') return await compensate(step, attempt)
    if (attempt.work.phase === 'check') return await check(step, attempt)
    const { when } = step.options
    if (when !== undefined && !(await when(attempt.work.view))) return { type: 'skipped' }
    return await run(step, attempt)
  } catch (error) {
    return { type: 'failed', failure: failureOf(error) }
  }
}

function run<K extends StepKind>(step: StepOf<K>, attempt: Attempt): Promise<TaskResult> {
  const kind: K = step.kind
  return kinds[kind](step, attempt)
}

async function compensate(step: StepDefinition, attempt: Attempt): Promise<TaskResult> {
  const { id, options } = step
  const undo = 'compensate' in options ? options.compensate : undefined
  if (undo === undefined) throw new TypeError(`step ${id} has nothing to compensate with`)
  const call = { ...attempt.call, output: attempt.work.output }
  const answer = await (typeof undo === 'function' ? undo(call) : undo.run(call))
  if (step.kind === 'shell' && answer !== undefined) return runUndoing(answer, step, attempt)
  return { type: 'completed', output: null, next: null }
}
