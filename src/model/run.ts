import { z } from 'zod'
import { Actor } from './actor.ts'
import { Failure } from './failure.ts'
import { Address, CorrelationId, ErrorId, Instant, LineageId, Millis, RevisionHash, RunId, StepId, WorkflowName } from './ids.ts'
import { Priority } from './priority.ts'
import { Hold, ResourceName } from './resource.ts'
import { Savepoint } from './savepoint.ts'
import { SavepointName } from './savepoint-name.ts'
import { RunStatus, RunWait } from './status.ts'

/** What had started by `since` may go on until `until`, where it is inside an effect; then it is cut off, and in doubt. */
export const Grace = z.object({ since: Instant, until: Instant })
export type Grace = z.infer<typeof Grace>

/**
 * How a run is being brought to its end while attempts and compensations are still under way; or, rolled back, to the end of its
 * branch: what completed since the savepoint is compensated, and then it goes on from there.
 */
export const Closing = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.enum(['failed', 'cancelled']),
    failure: Failure.nullable(),
    /** Set once somebody, or the run's timeout, will not wait for ever for what is inside an effect. */
    grace: Grace.optional(),
    /** The error of the run as a whole, where it fails; entries of before do not say. */
    error: ErrorId.optional(),
  }),
  z.object({
    outcome: z.literal('rolled_back'),
    failure: Failure.nullable(),
    to: Savepoint,
    by: Actor,
    why: z.string().nullable(),
    /** The work that is lost by it, where the run gives way to others in a deadlock: it goes back to before what it holds. */
    lost: Millis.optional(),
  }),
])
export type Closing = z.infer<typeof Closing>

/**
 * Time that counts against the run's timeout: `spent` before `since`, and since then.
 * `since` is null while the run waits for a person or in a `wait`, is paused, or has ended.
 */
export const RunClock = z.object({ spent: Millis, since: Instant.nullable() })
export type RunClock = z.infer<typeof RunClock>

/** The code that a run pins. */
export const Pinned = z.object({ workflowVersion: z.int().min(1), revision: RevisionHash })
export type Pinned = z.infer<typeof Pinned>

/** What a replay was made from. */
export const Origin = z.object({
  run: RunId,
  checkpoint: z.int().nonnegative(),
  /** Keys of the state (`model/checkpoint.ts`) whose values a person wrote anew. */
  edited: z.array(z.string()),
  /** What the checkpoint's branch pins, where the replay began with the present definition and that is another. */
  pinned: Pinned.optional(),
  /** Definitions that what it took over was held against, and that it does not pin itself: what they mark as sensitive stays so. */
  earlier: z.array(RevisionHash).optional(),
})
export type Origin = z.infer<typeof Origin>

/** The pass of another run that a child run was begun for. */
export const Parent = z.object({
  run: RunId,
  step: StepId,
  iteration: z.int().min(1),
  attempt: z.int().min(1),
  /** How many runs stand above it: 1 for the child of a run that is nobody's child. */
  depth: z.int().min(1),
  /** It is paused since its parent is, and goes on with it. */
  held: z.boolean().default(false),
})
export type Parent = z.infer<typeof Parent>

/** So many runs may stand above a child: a circle of workflows that call one another comes to its end here, at the latest. */
export const deepestChild = 16

/**
 * How often a run has given way to others in a deadlock, and the work that it has lost by that, in milliseconds. `behind`: the place of
 * who waited for what it let go of last, behind which it waits.
 */
export const GivenWay = z.object({ times: z.int().min(1), lost: Millis, behind: z.int().optional() })
export type GivenWay = z.infer<typeof GivenWay>

/** What a run goes by. Only going back changes it: to what a checkpoint's branch went by, or to the present definition. */
export const Basis = Pinned.extend({ input: Address, context: Address })
export type Basis = z.infer<typeof Basis>

/** A person's wish that retention leaves a run alone, with the reason. */
export const Kept = z.object({ by: Actor, why: z.string().nullable(), at: Instant })
export type Kept = z.infer<typeof Kept>

export const RunRecord = z.object({
  id: RunId,
  workflow: WorkflowName,
  ...Basis.shape,
  lineage: LineageId,
  correlation: CorrelationId,
  /** Set where the run is a replay; none was, before there were any. */
  origin: Origin.nullable().default(null),
  /** A pass whose step declares an effect waits until a person arms it. */
  disarmed: z.boolean().default(false),
  /** Set where the run is a child; none was, before there were any. */
  parent: Parent.nullable().default(null),
  /** Whatever its bounds say, retention removes nothing of it. None was kept, before that could be wished. */
  kept: Kept.nullable().default(null),
  /** Who goes first of those that wait for the same. All were equal, before one could be more. */
  priority: Priority.default(0),
  /** False while the run is queued: as many go on as may at once. */
  admitted: z.boolean().default(true),
  /** Counts committed transitions; a transition names the one that it saw. */
  version: z.int().nonnegative(),
  /** The version that the last action of a person made, so that the next one can be told of it. */
  touched: z.int().nonnegative(),
  status: RunStatus,
  waiting: RunWait.nullable(),
  paused: z.boolean(),
  closing: Closing.nullable(),
  /** How often the run was rolled back to a savepoint by itself. Null where it never was. */
  rollbacks: z.record(SavepointName, z.int().positive()).nullable().default(null),
  /** What it holds over several of its steps; null where that is nothing. */
  holds: z.record(ResourceName, Hold).nullable().default(null),
  givenWay: GivenWay.nullable().default(null),
  failure: Failure.nullable(),
  /** Raised by a person's restore or rerun, and by rolling back; part of every idempotency key. */
  generation: z.int().nonnegative(),
  branch: z.int().nonnegative(),
  /** How often it has gone back by itself since a person last acted on it. */
  sentBack: z.int().nonnegative().default(0),
  /** Number of the newest checkpoint of the branch. */
  head: z.int().nonnegative(),
  /** How often each step has sent the run back since a later step last sent it back over this one. */
  loops: z.record(StepId, z.int().nonnegative()),
  /** How often the engine has had something run again by itself since a person acted on the run. */
  recoveries: z.int().nonnegative().default(0),
  clock: RunClock,
  createdAt: Instant,
  endedAt: Instant.nullable(),
  updatedAt: Instant,
})
export type RunRecord = z.infer<typeof RunRecord>

/** Whether the run is in quarantine though nothing of it is damaged: a person may have it go on as it is. */
export function isSetAside({ status, failure }: Pick<RunRecord, 'status' | 'failure'>): boolean {
  return status === 'quarantined' && failure?.class !== 'corruption'
}
