/**
 * What `cairn.config.yaml` may say: for all, for a workflow, for a step. All that reads, checks, shows or explains the file
 * goes by these schemas; a section that is added to `Rules` is in all of them.
 */
import { z } from 'zod'
import { StepId, WorkflowName } from '../../model/ids.ts'
import { Bulkhead, Limits, Resources } from '../../model/policy/coordination.ts'
import { DeadLetters } from '../../model/policy/dead-letters.ts'
import { StepDetection } from '../../model/policy/detection.ts'
import { Rules } from '../../model/policy/policy.ts'
import { groupOf, type Group, type Named, outlineOf } from './outline.ts'
import { Retention, WorkflowRetention } from './retention-settings.ts'
import { Debugging, Executors, Smtp, Store } from './sections.ts'

export const ForAll = z.object({
  smtp: Smtp.optional(),
  store: Store.prefault({}),
  retention: Retention.prefault({}),
  resources: Resources,
  executors: Executors.prefault({}),
  limits: Limits.prefault({}),
  bulkhead: Bulkhead.prefault({}),
  ...Rules.shape,
  dead_letters: DeadLetters.prefault({}),
  debugging: Debugging.prefault({}),
})
export const ForWorkflow = z.object({ retention: WorkflowRetention.prefault({}), bulkhead: Bulkhead.prefault({}), ...Rules.shape })
/** What steps share is said of their workflow, and what a run is given as a whole. */
export const ForStep = Rules.omit({ breakers: true, throttles: true, ending: true }).extend({ detection: StepDetection.prefault({}) })

const plain = { isSecret: false, takes: 'now' } as const
const steps: Named = { kind: 'named', ...plain, meaning: 'What is said of a step, by its id.', names: StepId, of: outlineOf(ForStep) }
const ofWorkflow = groupOf(ForWorkflow)
const workflows: Named = {
  kind: 'named',
  ...plain,
  meaning: 'What is said of a workflow, by its name, and of its `steps`.',
  names: WorkflowName,
  of: { ...ofWorkflow, keys: new Map([...ofWorkflow.keys, ['steps', steps]]) },
}

/** The outline of each scope without those within it. */
export const scopes = { all: groupOf(ForAll), workflow: ofWorkflow, step: groupOf(ForStep) } as const

/** The outline of the file. */
export const fileOutline: Group = { ...scopes.all, keys: new Map([...scopes.all.keys, ['workflows', workflows]]) }
