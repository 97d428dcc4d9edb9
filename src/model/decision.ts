import { z } from 'zod'
import { Actor } from './actor.ts'
import { Failure } from './failure.ts'
import { Address, DecisionId, Instant, StepId } from './ids.ts'
import { ApprovalAction, EditPath } from './manifest.ts'
import { AtDeadline } from './policy/manual-intervention.ts'
import { DecisionStatus } from './status.ts'
import { Phase } from './step.ts'

/**
 * `approval`: planned by the author. `in_doubt`: did the effect of a cut-off attempt happen?
 * `recovery`: recovery ran out and policy asks a person. `arm`: may a pass of a disarmed run touch the outside world?
 * `loop`: the run goes round in a circle, is it to go on so? `dead_letter`: policy queued the run for later, what becomes of it?
 */
export const DecisionKind = z.enum(['approval', 'in_doubt', 'recovery', 'arm', 'loop', 'dead_letter'])
export type DecisionKind = z.infer<typeof DecisionKind>

/** What the engine would answer to its own question, and why. It is never taken by itself. */
export const Recommended = z.object({ action: z.string(), why: z.string() })
export type Recommended = z.infer<typeof Recommended>

export const DecisionRecord = z.object({
  id: DecisionId,
  kind: DecisionKind,
  branch: z.int().nonnegative(),
  /** Whether it is asked about the step or about its compensation; of before that was told, about the step. */
  phase: Phase.exclude(['check']).default('run'),
  step: StepId,
  iteration: z.int().min(1),
  status: DecisionStatus,
  actions: z.array(ApprovalAction),
  /** The exact value that the person is shown. */
  shown: Address.nullable(),
  /** What may be edited, and the address of the output as it was when the decision was opened. */
  edits: z.object({ target: EditPath, of: Address }).nullable(),
  failure: Failure.nullable(),
  /** How often it was tried before somebody was asked; null where nothing failed. */
  tries: z.int().nonnegative().nullable().default(null),
  recommended: Recommended.nullable().default(null),
  /** Where `restore` goes back to unless another checkpoint is named. */
  checkpoint: z.int().nonnegative().nullable().default(null),
  deadline: Instant.nullable(),
  /** What follows where nobody answers the engine's own question in time; what follows an author's stands in the definition. */
  atDeadline: AtDeadline.nullable().default(null),
  openedAt: Instant,
  closedAt: Instant.nullable(),
  action: z.string().nullable(),
  note: z.string().nullable(),
  /** The edited value, or the output that a person vouches for. */
  edit: Address.nullable(),
  actor: Actor.nullable(),
})
export type DecisionRecord = z.infer<typeof DecisionRecord>
