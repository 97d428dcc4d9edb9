import { z } from 'zod'
import { Failure } from '../model/failure.ts'
import { Instant, RevisionHash, StepId, WorkflowName } from '../model/ids.ts'
import { Json } from '../model/json.ts'
import { Manifest, StepKind } from '../model/manifest.ts'
import { Uses } from '../model/resource.ts'
import { StoredRevision, WorkflowHealth } from '../model/workflow-views.ts'
import { procedure } from './procedure.ts'

const tags = ['workflows']

/** Paths are below the workspace, with forward slashes. */
const file = z.string()

const StepSummary = z.object({
  id: StepId,
  kind: StepKind,
  title: z.string().optional(),
  needs: z.array(StepId),
  /** How much of which resources it uses or has its run hold; left out where that is nothing. */
  takes: Uses.optional(),
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

/** A revision with `current` where it is the one that new runs get. */
const RevisionEntry = StoredRevision.extend({ current: z.boolean() })
export type RevisionEntry = z.infer<typeof RevisionEntry>

/** A revision with its code. */
const RevisionSource = z.object({
  hash: RevisionHash,
  storedAt: Instant,
  manifest: Manifest,
  /** The bundle's text, without its source map. */
  source: z.string(),
  /** True where the text is longer than 2 MB, and ends there. */
  cut: z.boolean(),
})
export type RevisionSource = z.infer<typeof RevisionSource>

export const workflows = {
  list: procedure
    .route({ method: 'GET', path: '/workflows', tags, summary: 'Workflows of the workspace, and files that were refused' })
    /** `unread` files are there too, and have not been looked at yet: each is told of when it has been. */
    .output(z.object({ workflows: z.array(WorkflowEntry), unread: z.int().nonnegative() })),

  get: procedure
    .route({ method: 'GET', path: '/workflows/{workflow}', tags, summary: 'A workflow as new runs get it' })
    .input(z.strictObject({ workflow: WorkflowName }))
    .output(z.object({ revision: RevisionHash, manifest: Manifest })),

  check: procedure
    .route({
      method: 'POST',
      path: '/workflows/{workflow}/check',
      tags,
      summary: 'What the workflow would refuse of an input; nothing is started',
    })
    .input(z.strictObject({ workflow: WorkflowName, input: Json, context: Json.optional() }))
    /** None where a run could start with it; each names its path: `input.recipient.email`. */
    .output(z.object({ failures: z.array(Failure) })),

  revisions: procedure
    .route({ method: 'GET', path: '/workflows/{workflow}/revisions', tags, summary: 'Revisions of a workflow, newest first' })
    .input(z.strictObject({ workflow: WorkflowName }))
    .output(z.object({ revisions: z.array(RevisionEntry) })),

  revision: procedure
    .route({ method: 'GET', path: '/revisions/{revision}', tags, summary: 'A revision: its manifest and its code' })
    .input(z.strictObject({ revision: RevisionHash }))
    .output(RevisionSource),

  health: procedure
    .route({ method: 'GET', path: '/workflow-health', tags, summary: 'How the runs of each workflow have fared' })
    .input(
      z.strictObject({
        /** Runs since then; the last 24 hours where nothing is said. */
        from: Instant.optional(),
      }),
    )
    .output(z.object({ workflows: z.array(WorkflowHealth) })),
}
