import { z } from 'zod'
import { ErrorFigures, ErrorGroups, ErrorPlace, ErrorsOfGroup, GroupPlace } from '../model/error-query.ts'
import { ToldError } from '../model/error-record.ts'
import { FailureClass } from '../model/failure.ts'
import { Instant, RunId, WorkflowName } from '../model/ids.ts'
import { ErrorStatus } from '../model/status.ts'
import { procedure } from './procedure.ts'

const tags = ['errors']

/** What a chart of at most 61 buckets can still show. */
const longest = 120 * 86_400_000

/** Errors that follow from another are told with that one's run, and are in none of these. */
const Which = {
  /** Errors that failed last before this are left out; the last 24 hours where nothing is said. */
  since: Instant.optional(),
  until: Instant.optional(),
  /** As it is now: what failed in another way since is of that class. */
  class: FailureClass.optional(),
  workflow: WorkflowName.optional(),
  /** How they stand. */
  status: ErrorStatus.optional(),
}

const isForwards = ({ since = 0, until }: { readonly since?: Instant | undefined; readonly until?: Instant | undefined }): boolean => until === undefined || since < until
const forwards = { path: ['until'], error: 'until is the end of the range: it comes after since' }

export const errorRecords = {
  groups: procedure
    .route({ method: 'GET', path: '/errors', tags, summary: 'What went wrong over all runs, the same thing once, and what became of it' })
    .input(
      z
        .strictObject({
          ...Which,
          /** `next` of the page before. */
          after: GroupPlace.optional(),
          limit: z.int().min(1).max(200).default(100),
        })
        .refine(isForwards, forwards),
    )
    .output(ErrorGroups),

  ofGroup: procedure
    .route({ method: 'GET', path: '/errors/records', tags, summary: 'The errors of one group, with what was done about each' })
    .input(
      z
        .strictObject({
          fingerprint: z.string().min(1).max(4_000),
          ...Which,
          after: ErrorPlace.optional(),
          limit: z.int().min(1).max(100).default(20),
        })
        .refine(isForwards, forwards),
    )
    .output(ErrorsOfGroup),

  figures: procedure
    .route({ method: 'GET', path: '/errors/figures', tags, summary: 'Errors over time by class and outcome, and how long they took to be known and to be got over' })
    .input(
      z
        .strictObject(Which)
        .refine(isForwards, forwards)
        .refine(({ since, until }) => since === undefined || until === undefined || until - since <= longest, {
          path: ['since'],
          error: 'a range is 120 days at most: move since closer to until',
        }),
    )
    .output(ErrorFigures),

  ofRun: procedure
    .route({ method: 'GET', path: '/runs/{run}/errors', tags, summary: 'What went wrong in a run, and what was done about it' })
    .input(z.strictObject({ run: RunId }))
    .output(
      z.object({
        errors: z.array(ToldError),
        /** How often the run has recovered by itself since a person acted on it, and how often it may. */
        recoveries: z.object({ made: z.int().nonnegative(), limit: z.int().nonnegative() }),
      }),
    ),
}
