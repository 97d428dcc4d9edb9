/** Which error records are asked for, and what is told of many of them at once. docs/METRICS.md defines each figure. */
import { z } from 'zod'
import { ErrorGroup, ErrorView } from './error-record.ts'
import { FailureClass } from './failure.ts'
import { Instant, Millis, WorkflowName } from './ids.ts'
import { ErrorStatus } from './status.ts'
import { DamagedRuns } from './views.ts'

const Count = z.int().nonnegative()

/** Errors that follow from no other and failed last from `since` up to, not including, `until`; null is any. */
export const ErrorQuery = z.object({
  since: Instant,
  until: Instant.nullable(),
  class: FailureClass.nullable(),
  workflow: WorkflowName.nullable(),
  status: ErrorStatus.nullable(),
})
export type ErrorQuery = z.infer<typeof ErrorQuery>

/** Where a list of groups goes on: after the one that stood last. */
export const GroupPlace = z.object({ lastAt: Instant, fingerprint: z.string() })
export type GroupPlace = z.infer<typeof GroupPlace>

export const ErrorGroups = z.object({
  /** The newest first. */
  groups: z.array(ErrorGroup),
  /** Null where there are no more. */
  next: GroupPlace.nullable(),
  /** Of the query, whatever the page. */
  total: z.object({ groups: Count, errors: Count }),
  /** Whether anything has ever gone wrong, whatever is asked for. */
  ever: z.boolean(),
  /** Those among these whose errors cannot be read. A group of nothing else is left out, and counts. */
  damaged: DamagedRuns,
})
export type ErrorGroups = z.infer<typeof ErrorGroups>

export const ErrorPlace = z.object({ at: Instant, id: z.string().min(1).max(40) })
export type ErrorPlace = z.infer<typeof ErrorPlace>

/** A group, null where nothing of it fits or can be read, and its errors, the newest first, less those of the damaged runs among them. */
export const ErrorsOfGroup = z.object({ group: ErrorGroup.nullable(), errors: z.array(ErrorView), next: ErrorPlace.nullable(), damaged: DamagedRuns })
export type ErrorsOfGroup = z.infer<typeof ErrorsOfGroup>

const Outcomes = z.record(ErrorStatus, Count)
export type Outcomes = z.infer<typeof Outcomes>

/** In milliseconds, null where nothing was counted. */
const Spread = z.object({ count: Count, p50: Millis.nullable(), p95: Millis.nullable() })
export type Spread = z.infer<typeof Spread>

const Times = z.object({
  /** From when an error could first be known to when it was on record. */
  detection: Spread,
  /** From when an error was on record to when it was got over. */
  recovery: Spread,
})

export const ErrorFigures = z.object({
  /** The range asked for, widened to whole buckets. */
  from: Instant,
  to: Instant,
  bucket: Millis,
  /** By the time at which errors were opened; every bucket of the range is there, oldest first, 61 at most. */
  buckets: z.array(z.object({ at: Instant, outcomes: Outcomes, ...Times.shape })),
  /** The most frequent first. */
  classes: z.array(z.object({ class: FailureClass, count: Count, outcomes: Outcomes })),
  ...Times.shape,
})
export type ErrorFigures = z.infer<typeof ErrorFigures>
