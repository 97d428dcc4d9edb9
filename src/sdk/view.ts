/** What the functions of a step are given, typed. */
import type { Call, View } from './definition.ts'
import type { IterationsOf, OutputsBefore, ReadsOf, Shape } from './shape.ts'

/** What all steps of a workflow are given: its input and context, parsed. */
export interface Given {
  readonly input: unknown
  readonly context: unknown
  /** The same as whoever starts a run gives it, before the schemas have made of it what they do. */
  readonly takes: { readonly input: unknown; readonly context: unknown }
}

/** What a function of a step may read: plain data, all of it. */
export interface StepView<G extends Given, S extends Shape, R extends ReadsOf<S>, Own extends object> {
  /** The run's input, as the `input` schema of the workflow made it. */
  readonly input: G['input']
  /** The run's context, as the `context` schema of the workflow made it. */
  readonly context: G['context']
  /** The latest output of every step before this one; undefined where that step can have been left out. */
  readonly outputs: OutputsBefore<S, R>
  /** Outputs of earlier iterations of any step, oldest first; absent where a step has none. */
  readonly iterations: IterationsOf<S, R, Own>
}

/** What a handler is given: what its step may read, and what it needs to behave well. */
export type HandlerCall<V> = V & Omit<Call, keyof View>

/** Earlier outputs of the step itself, where their type is known before the handler is. */
export type OwnOutputs<Id extends string, Output> = { readonly [K in Id]?: readonly Output[] }
