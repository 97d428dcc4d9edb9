import type { Behaviour } from '../../src/effects/http/misbehaving-receiver.fixture.ts'
import type { Fault, Stage } from '../../src/effects/smtp/misbehaving-server.fixture.ts'
import type { FailureClass } from '../../src/model/failure.ts'
import type { Millis } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import type { Measure } from '../../src/model/recovery-strategy.ts'
import type { DecisionView } from '../../src/model/views.ts'

/**
 * How a run that something was done to is to end. `recovers`: it completes, and nobody is asked. `person`: it completes once a
 * person has answered. `fails`, `cancelled`: it ends so, with what it did undone.
 */
export type Ending = 'recovers' | 'person' | 'fails' | 'cancelled'

/** What a person may look at outside of Cairn before answering, and say that it was done. */
export interface About {
  readonly world: readonly string[]
  mails(): number
  inject(as?: FailureClass): void
}

/** An answer to a question, as a person gives it who has looked at what the case is about. */
export interface Answer {
  readonly action: string
  readonly edit?: Json
}

/** One way in which something goes wrong, and what is to come of it. */
export interface Scenario {
  readonly name: string
  /** What it is to be found as. */
  readonly class: FailureClass
  /** A workflow of `workspace/workflows`. */
  readonly workflow: string
  /** How often it goes wrong in a run; once where it is left out. */
  readonly times?: number
  readonly ends: Ending
  /** What is to be done about it; null where it is of no run that anything could be done about. */
  readonly by: Measure | null
  /** How long nothing can be known of it, where it is known by time that passes: `knowable.ts` says from when on. */
  readonly limit?: Millis
  /** Its way out waits, since policy or the receiver has it wait: its time to recover has no bound. */
  readonly waits?: true
  /** It takes what others need: only these are under way then. */
  readonly alone?: true
  /** How a request is answered that goes wrong. */
  readonly answers?: Behaviour
  /** Where a mail goes wrong, and how. */
  readonly mail?: { readonly at: Stage; readonly fault: Fault }
  /** What is done to a process that says that it sits there; `await` only waits for its end. */
  readonly hand?: 'kill' | 'freeze' | 'await'
  /** Null leaves the question open. */
  readonly answer?: (asked: DecisionView, about: About) => Answer | null
  /** It recovers by itself but for what only a person knows: where an effect was under way, one is asked about that. */
  readonly mayAsk?: true
  /** What the world has seen in the end, in this order. */
  readonly world?: readonly string[]
}
