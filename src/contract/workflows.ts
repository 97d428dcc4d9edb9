import { z } from 'zod'
import { Failure } from '../model/failure.ts'
import { Instant, RevisionHash, StepId, WorkflowName } from '../model/ids.ts'
import { Manifest } from '../model/manifest.ts'
import { procedure } from './procedure.ts'

const tags = ['workflows']

/** Paths are below the workspace, with forward slashes. */
const file = z.string()

const StepSummary = z.object({
  id: StepId,
  kind: z.enum(['code', 'email', 'approval', 'wait']),
  title: z.string().optional(),
  needs: z.array(StepId),
})

/** A workflow that new runs can be started of. */
const ReadyWorkflow = z.object({
  state: z.literal('ready'),
  name: WorkflowName,
  version: z.int(),
  title: z.string().optional(),
  description: z.string().optional(),
  revision: RevisionHash,
  loadedAt: Instant,
  file,
  steps: z.array(StepSummary),
})

/** A file that could not be loaded as it stands. Runs under way go on with the revision that they pin. */
const RefusedWorkflow = z.object({
  state: z.literal('refused'),
  /** What the file was called when it could be loaded last. */
  name: WorkflowName.nullable(),
  file,
  failures: z.array(Failure).min(1),
})

export const WorkflowEntry = z.discriminatedUnion('state', [ReadyWorkflow, RefusedWorkflow])
export type WorkflowEntry = z.infer<typeof WorkflowEntry>

export const workflows = {
  list: procedure
    .route({ method: 'GET', path: '/workflows', tags, summary: 'Workflows of the workspace, and files that were refused' })
    .output(z.object({ workflows: z.array(WorkflowEntry) })),

  get: procedure
    .route({ method: 'GET', path: '/workflows/{workflow}', tags, summary: 'A workflow as new runs get it' })
    .input(z.strictObject({ workflow: WorkflowName }))
    .output(z.object({ revision: RevisionHash, manifest: Manifest })),
}
