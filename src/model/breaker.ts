/**
 * A circuit breaker: whether steps of a workflow may reach one dependency of theirs. Where that has failed too often within a
 * while, the breaker is open and the steps wait; after that it is half open, and lets one of them through to see.
 */
import { z } from 'zod'
import { FailureClass } from './failure.ts'
import { Instant, RunId, StepId, WorkflowName } from './ids.ts'
import { BreakerStatus } from './status.ts'

/** What a step reaches outside: `host:port`, or a name that its author gives it. */
export const Dependency = z.string().trim().min(1).max(260)
export type Dependency = z.infer<typeof Dependency>

export const BreakerName = z.object({ workflow: WorkflowName, dependency: Dependency })
export type BreakerName = z.infer<typeof BreakerName>

/** An open breaker, as the store has it. One that is closed is not there. */
export const OpenBreaker = BreakerName.extend({
  openedAt: Instant,
  /** When it lets one attempt through. */
  until: Instant,
  /** How often it has opened since it was closed last. */
  times: z.int().min(1),
  /** The failure that opened it. */
  last: z.object({ run: RunId, step: StepId, class: FailureClass }),
})
export type OpenBreaker = z.infer<typeof OpenBreaker>

/** A pass that waits for a breaker. */
export const HeldBack = z.object({ run: RunId, step: StepId, iteration: z.int().min(1) })
export type HeldBack = z.infer<typeof HeldBack>

/** A breaker as it is shown: every one that is not closed, and those closed ones that have counted failures. */
export const BreakerView = BreakerName.extend({
  status: BreakerStatus,
  since: Instant,
  /** When an open one lets one attempt through; null where nothing waits for that. */
  until: Instant.nullable(),
  /** Failures that a closed one has counted, and how many open it. */
  failures: z.int().nonnegative(),
  opensAfter: z.int().min(1),
  last: OpenBreaker.shape.last.nullable(),
  /** The first of those that it holds back, and how many there are. */
  held: z.array(HeldBack),
  holds: z.int().nonnegative(),
})
export type BreakerView = z.infer<typeof BreakerView>

/** Names one breaker among all. */
export const breakerKey = ({ workflow, dependency }: BreakerName): string => `${workflow}/${dependency}`
