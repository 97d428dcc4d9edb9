import { z } from 'zod'
import { Branch, BranchName } from '../model/branch.ts'
import { JournalEntry } from '../model/entry.ts'
import { Address, CorrelationId, Instant, RevisionHash, RunId, StepId, WorkflowName } from '../model/ids.ts'
import { Json } from '../model/json.ts'
import { Signal } from '../model/log.ts'
import { FoundRuns, RunCounts, RunSort } from '../model/found-runs.ts'
import { longestQuery } from '../model/query/parse.ts'
import { DefinitionChoice, Preview } from '../model/preview.ts'
import { GivenPriority } from '../model/priority.ts'
import { ReplayEdits, ReplayPreview } from '../model/replay.ts'
import { RunStrategy } from '../model/recovery-strategy.ts'
import { RollbackPreview } from '../model/rollback.ts'
import { RunRecord } from '../model/run.ts'
import { RunRecovery } from '../model/run-recovery.ts'
import { SavepointName } from '../model/savepoint-name.ts'
import { RunStatus } from '../model/status.ts'
import { CheckpointList, RunDetail, RunFilter, RunPage, RunState } from '../model/views.ts'
import { act, actor, words } from './act.ts'
import { Each, EachItem } from './each.ts'
import { hasOneEnd, journalPage, twoEnds } from './journal-page.ts'
import { procedure, stream } from './procedure.ts'
import { after, FollowItem, limit, RunStreamItem } from './streams.ts'

const tags = ['runs']
const run = { run: RunId }
const checkpoint = z.int().nonnegative()
/** Lists show it in a row of its own. */
const NewBranchName = BranchName.regex(/^\P{Cc}*$/u, 'a name is one line of characters that can be seen')

/** A single status may stand alone, as a query string has it. */
const Filter = z.strictObject({
  ...RunFilter.shape,
  status: z.union([z.array(RunStatus), RunStatus.transform((status) => [status])]).optional(),
})
/** A query as `model/query` reads it; empty, it finds every run. With `upTo`, runs that are newer than that one do not count. */
const query = { query: z.string().max(longestQuery).default(''), upTo: RunId.optional() }
/** Which code the run goes on with. */
const definition = DefinitionChoice.default('pinned')
const goesBy = {
  definition,
  /** What the preview said that the run goes on with; left out or null, it goes on with whatever it is. */
  revision: RevisionHash.nullable().optional(),
}
const action = z.strictObject({ ...act, reason: words })

export const runs = {
  start: procedure
    .route({ method: 'POST', path: '/runs', successStatus: 201, tags, summary: 'Start a run of a workflow' })
    .input(
      z.strictObject({
        workflow: WorkflowName,
        input: Json,
        /** What the caller knows of the context; the workflow's `enrich` completes it. */
        context: Json.optional(),
        correlation: CorrelationId.optional(),
        /** What the settings say of the workflow, where it is left out. */
        priority: GivenPriority.optional(),
        actor,
      }),
    )
    .output(RunRecord),

  list: procedure
    .route({ method: 'GET', path: '/runs', tags, summary: 'A page of runs, newest first' })
    .input(Filter)
    .output(RunPage),

  search: procedure
    .route({ method: 'GET', path: '/runs/search', tags, summary: 'Runs that a query finds: any page, in any order' })
    .input(
      z.strictObject({
        ...query,
        offset: z.int().nonnegative().default(0),
        limit: z.int().min(1).max(200).default(50),
        /** Newest first where it is left out. */
        sort: RunSort.optional(),
      }),
    )
    .output(FoundRuns),

  counts: procedure
    .route({ method: 'GET', path: '/runs/counts', tags, summary: 'How many runs a query finds of each status' })
    .input(z.strictObject(query))
    .output(RunCounts),

  get: procedure
    .route({ method: 'GET', path: '/runs/{run}', tags, summary: 'A run whole, as of one journal position' })
    .input(z.strictObject(run))
    .output(RunDetail),

  state: procedure
    .route({ method: 'GET', path: '/runs/{run}/state', tags, summary: 'The state at a checkpoint, or at the head' })
    .input(z.strictObject({ ...run, checkpoint: checkpoint.optional() }))
    .output(RunState),

  checkpoints: procedure
    .route({ method: 'GET', path: '/runs/{run}/checkpoints', tags, summary: 'Checkpoints of a run, oldest first' })
    .input(z.strictObject({ ...run, after: z.int().nonnegative().optional(), limit }))
    .output(CheckpointList),

  branches: procedure
    .route({ method: 'GET', path: '/runs/{run}/branches', tags, summary: 'Branches of a run, oldest first' })
    .input(z.strictObject(run))
    .output(z.object({ branches: z.array(Branch) })),

  journal: procedure
    .route({ method: 'GET', path: '/runs/{run}/journal', tags, summary: 'A page of the journal of a run, oldest first' })
    .input(z.strictObject({ ...run, ...journalPage }).refine(hasOneEnd, twoEnds))
    .output(z.object({ entries: z.array(JournalEntry) })),

  signals: procedure
    .route({ method: 'GET', path: '/runs/{run}/signals', tags, summary: 'Logs, progress and heartbeats that were kept' })
    /** With `until`, the newest of those that were said up to then. */
    .input(z.strictObject({ ...run, limit, step: StepId.optional(), until: Instant.optional() }))
    .output(z.object({ signals: z.array(Signal) })),

  value: procedure
    .route({ method: 'GET', path: '/runs/{run}/values/{address}', tags, summary: 'A stored value of a run' })
    .input(
      z.strictObject({
        ...run,
        address: Address,
        /** A larger value is not sent: only its size is told. In octets. */
        upTo: z.int().nonnegative().optional(),
      }),
    )
    /** `size` is of the value as JSON, in octets. */
    .output(z.object({ value: Json, size: z.int().nonnegative(), left: z.boolean() })),

  pause: procedure
    .route({
      method: 'POST',
      path: '/runs/{run}/pause',
      tags,
      summary: 'Start no further attempt; what is under way may end',
    })
    .input(action)
    .output(RunRecord),

  resume: procedure
    .route({ method: 'POST', path: '/runs/{run}/resume', tags, summary: 'Go on with a paused run' })
    .input(action)
    .output(RunRecord),

  cancel: procedure
    .route({ method: 'POST', path: '/runs/{run}/cancel', tags, summary: 'Stop a run, and compensate what declares it' })
    .input(action)
    .output(RunRecord),

  preview: procedure
    .route({
      method: 'GET',
      path: '/runs/{run}/checkpoints/{checkpoint}/preview',
      tags,
      summary: 'What going back to a checkpoint would lead to; nothing is changed',
    })
    .input(z.strictObject({ ...run, checkpoint, definition }))
    .output(Preview),

  restore: procedure
    .route({ method: 'POST', path: '/runs/{run}/restore', tags, summary: 'Send a run back to a checkpoint, from where it goes on' })
    .input(
      z.strictObject({
        ...act,
        checkpoint,
        ...goesBy,
        /** Kept with the branch; where nobody says why, that names what runs again. */
        reason: words,
      }),
    )
    .output(RunRecord),

  previewRollback: procedure
    .route({
      method: 'GET',
      path: '/runs/{run}/savepoints/{savepoint}/preview',
      tags,
      summary: 'What rolling back to a savepoint would lead to; nothing is changed',
    })
    .input(z.strictObject({ ...run, savepoint: SavepointName }))
    .output(RollbackPreview),

  rollback: procedure
    .route({
      method: 'POST',
      path: '/runs/{run}/rollback',
      tags,
      summary: 'Compensate what completed since a savepoint, and go on from there',
    })
    .input(z.strictObject({ ...act, savepoint: SavepointName, reason: words }))
    .output(RunRecord),

  previewRecovery: procedure
    .route({
      method: 'GET',
      path: '/runs/{run}/recovery',
      tags,
      summary: 'What policy recommends about a run that has failed, and what that leads to; nothing is changed',
    })
    .input(z.strictObject(run))
    .output(RunRecovery),

  recover: procedure
    .route({ method: 'POST', path: '/runs/{run}/recover', tags, summary: 'Do what policy recommends about a run that has failed' })
    .input(
      z.strictObject({
        ...act,
        reason: words,
        /** What the preview said that is; left out or null, it is whatever that is now. */
        strategy: RunStrategy.nullable().optional(),
      }),
    )
    .output(RunRecord),

  checkpoint: procedure
    .route({ method: 'POST', path: '/runs/{run}/checkpoints', tags, summary: 'Take a checkpoint of a run as it is now' })
    .input(z.strictObject({ ...act, note: words }))
    .output(RunRecord),

  nameBranch: procedure
    .route({ method: 'POST', path: '/runs/{run}/branches/name', tags, summary: 'Give a branch a name, or take it away' })
    .input(z.strictObject({ ...run, branch: Branch.shape.number, name: NewBranchName.nullable(), actor }))
    .output(RunRecord),

  keep: procedure
    .route({ method: 'POST', path: '/runs/{run}/keep', tags, summary: 'Have retention leave a run alone, or do so no more' })
    .input(z.strictObject({ ...run, keep: z.boolean(), reason: words, actor }))
    .output(RunRecord),

  resetRecoveries: procedure
    .route({ method: 'POST', path: '/runs/{run}/recoveries/reset', tags, summary: 'Let a run recover by itself as often as its limit says, from now on' })
    .input(z.strictObject({ ...run, reason: words, actor }))
    .output(RunRecord),

  previewReplay: procedure
    .route({
      method: 'POST',
      path: '/runs/{run}/replay/preview',
      tags,
      summary: 'What a replay from a checkpoint would lead to; nothing is changed',
    })
    .input(z.strictObject({ ...run, checkpoint, definition, edits: ReplayEdits.optional() }))
    .output(ReplayPreview),

  replay: procedure
    .route({
      method: 'POST',
      path: '/runs/{run}/replay',
      successStatus: 201,
      tags,
      summary: 'Begin a new run at a checkpoint of this one; what touches the outside world waits to be armed',
    })
    .input(z.strictObject({ ...run, checkpoint, ...goesBy, edits: ReplayEdits.optional(), reason: words, actor }))
    .output(RunRecord),

  each: procedure
    .route({ method: 'POST', path: '/runs/each', tags, summary: 'Do the same to many runs, and tell what became of each' })
    .input(Each)
    .output(stream(EachItem)),

  watch: procedure
    .route({ method: 'GET', path: '/runs/{run}/watch', tags, summary: 'Entries and signals of a run as they come' })
    .input(z.strictObject({ ...run, after, recent: z.boolean().default(false) }))
    .output(stream(RunStreamItem)),

  follow: procedure
    .route({ method: 'GET', path: '/runs/{run}/follow', tags, summary: 'A run whole, then each change of it as it comes' })
    .input(z.strictObject(run))
    .output(stream(FollowItem)),
}
