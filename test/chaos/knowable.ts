/**
 * From when on an error can be known, by its class, and how much later it has to be on record. The one place that says so.
 *
 * What is injected at a moment is known by what is seen of it (an answer, a broken connection, a dead process), and at once; or by
 * time that passes, and then once the scenario's `limit` has.
 */
import type { FailureClass } from '../../src/model/failure.ts'
import type { Instant, Millis } from '../../src/model/ids.ts'
import type { Scenario } from './scenario.ts'

/** How long after it can be known an error has to be on record, and told to whoever follows the journal. */
export const bound: Millis = 1_000

/** From one look at a part of the store to the next, in the workspace of the chaos. */
export const looksEvery: Millis = 1_000

/** How long code may keep a process that others share from answering. */
export const unresponsive: Millis = 10_000

interface Rule {
  /** In words: since when it can be known. */
  readonly since: string
  /** What passes between the injection and that, where the scenario does not say. */
  readonly limit: Millis
}

export const knowable: Readonly<Record<FailureClass, Rule>> = {
  transient: { since: 'the receiver cuts the connection, refuses, or answers; the handler throws', limit: 0 },
  permanent: { since: 'the receiver answers; the handler throws', limit: 0 },
  validation: { since: 'the handler answers', limit: 0 },
  resource: { since: 'the receiver answers; the process has taken more than it may, or is gone; there is no room for what is written', limit: 0 },
  crash: { since: 'the process is gone; one that does not answer: its limit of 10 s has passed; the host is gone: the next one has the store', limit: 0 },
  timeout: { since: 'the deadline of the attempt or of the run; the last heartbeat, and the longest silence after it', limit: 0 },
  loop: { since: 'the third time that the same comes to the same', limit: 0 },
  loop_limit: { since: 'the step wants to go back once more than its bound', limit: 0 },
  deadlock: { since: 'the last step that could move the run is over', limit: 0 },
  stuck: { since: 'the last step that could move the run is over', limit: 0 },
  rejected: { since: 'the person says so', limit: 0 },
  expired: { since: 'the deadline of the question', limit: 0 },
  corruption: { since: 'the next look at the store', limit: looksEvery },
}

export function knowableAt(scenario: Pick<Scenario, 'class' | 'limit'>, at: Instant): Instant {
  return at + (scenario.limit ?? knowable[scenario.class].limit)
}
