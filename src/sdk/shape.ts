/**
 * What the type of a workflow knows of its steps, so that `outputs` is typed without a cast.
 *
 * The rule: a step can read the output of every step that it transitively needs. That output may be undefined exactly
 * where the step can run without it:
 * - a step that is `optional` may settle without an output;
 * - a step with `when`, an approval with `onDeadline: 'skip'`, and a step under `join: 'all'` that needs one of these,
 *   may be left out (`leavable`).
 *
 * From that, for a step that runs:
 * 1. Under `join: 'all'` none of its needs was left out. So a need's output is there unless the need is optional, and
 *    all that was there when the need ran is there still (`sure`).
 * 2. Under `join: 'settled'` any leavable need may have been left out. Only what holds however the needs settled is
 *    there (`always`).
 *
 * A workflow's steps are a union of shapes, and a shape is an interface whose arguments are worked out when it is made.
 * In an object type with a key for each step, or in shapes that still referred to the steps before them, the compiler
 * would walk through all of it again for each step: twice as long with every second one.
 */
export interface Shape<
  Id = string,
  Output = unknown,
  Before = string,
  Sure = string,
  Always = string,
  Optional = boolean,
  Leavable = boolean,
  OnlyAsFallback = boolean,
  Fallback = string,
  Savepoint extends string = string,
> {
  readonly id: Id
  readonly output: Output
  /** Ids of all that the step transitively needs. */
  readonly before: Before
  /** Ids of `before` whose output is there whenever the step runs. */
  readonly sure: Sure
  /** Ids of `before` whose output is there whenever the step has settled, also where it was left out. */
  readonly always: Always
  readonly optional: Optional
  readonly leavable: Leavable
  readonly onlyAsFallback: OnlyAsFallback
  /** Id of its fallback, or never. */
  readonly fallback: Fallback
  /** The name of the moment before it, or never. */
  readonly savepoint: Savepoint
}

export type IdOf<S extends Shape> = S['id']

/** Names of the savepoints that there are. */
export type SavepointOf<S extends Shape> = S['savepoint']

/** What the options of a step say that bears on what it can read. */
export interface Reads<Needs, Join> {
  readonly needs: Needs
  readonly join: Join
}

export type ReadsOf<S extends Shape> = Reads<IdOf<S>, 'all' | 'settled'>

/** What they say that bears on what others can read. `when` is never where it is not given. */
export interface Marks<S extends Shape> extends ReadsOf<S> {
  readonly when: boolean
  readonly optional: boolean
  readonly fallback: string
  readonly onlyAsFallback: boolean
  readonly onDeadline: 'fail' | 'skip'
  readonly savepoint: string
}

/** Of a step that is written without options. */
export interface Unmarked {
  readonly needs: never
  readonly join: 'all'
  readonly when: never
  readonly optional: false
  readonly fallback: never
  readonly onlyAsFallback: false
  readonly onDeadline: 'fail'
  readonly savepoint: never
}

/**
 * The shape of a step with these marks. A conditional type although it has one case: the compiler then forgets the
 * arguments that it was made of, the steps before it among them.
 */
export type ShapeOf<S extends Shape, Id extends string, M, Output> =
  M extends Marks<S>
    ? Shape<
        Id,
        Output,
        Before<S, M>,
        Sure<S, M>,
        Always<At<S, M['needs']>>,
        M['optional'],
        Leavable<S, M>,
        M['onlyAsFallback'],
        M['fallback'],
        M['savepoint']
      >
    : never

/** Ids that a step may need. Not a fallback: what wants its output needs its primary, which has the same. */
export type Needable<S extends Shape> = S extends { readonly onlyAsFallback: false } ? S['id'] : never

/** Outputs of steps, or of their fallbacks where these stood in: unknown as long as those are not written down. */
export type OutputOf<S extends Shape, Id> = OutputsOf<S, At<S, Id>>

type OutputsOf<S extends Shape, T> = T extends Shape ? T['output'] | StandIn<S, T['fallback']> : never

type StandIn<S extends Shape, F> = F extends IdOf<S> ? OutputOf<S, F> : F extends string ? unknown : never

/** What a run of these steps comes to: what those that no other needs put out; undefined of those that can be left out. */
export type ResultOf<S extends Shape> = {
  readonly [K in Exclude<Needable<S>, S['before']>]: OutputOf<S, K> | (K extends Certain<S> ? never : undefined)
}

/** Ids whose output is there whenever a run has completed. */
type Certain<T> = T extends Shape ? (T['leavable'] extends false ? Kept<T> : never) : never

/** Ids of all that a step transitively needs. */
export type Before<S extends Shape, R extends ReadsOf<S>> = R['needs'] | At<S, R['needs']>['before']

/** What a step can read of the outputs before it. */
export type OutputsBefore<S extends Shape, R extends ReadsOf<S>> = {
  readonly [K in Before<S, R>]: OutputOf<S, K> | (K extends Sure<S, R> ? never : undefined)
}

/** Outputs of earlier iterations, oldest first, of the steps before, of the step itself, and of any other. */
export type IterationsOf<S extends Shape, R extends ReadsOf<S>, Own extends object> = {
  readonly [K in Before<S, R>]?: readonly OutputOf<S, K>[]
} & Own & { readonly [id: string]: readonly unknown[] | undefined }

/** The shapes of these steps. */
type At<S extends Shape, Id> = S extends { readonly id: Id } ? S : never

/** Ids whose output is there when the step runs. */
type Sure<S extends Shape, R extends ReadsOf<S>> = [R['join']] extends ['all']
  ? SureWith<At<S, R['needs']>>
  : Always<At<S, R['needs']>>

/** Ids whose output is there when these have settled and none of them was left out. */
type SureWith<T> = T extends Shape ? T['sure'] | Kept<T> : never

/** Ids whose output is there when these have settled. */
type Always<T> = T extends Shape ? T['always'] | (T['leavable'] extends false ? Kept<T> : never) : never

type Kept<T extends Shape> = T['optional'] extends false ? T['id'] : never

/** True where the step may be left out: by itself, or because one of its needs was. */
type Leavable<S extends Shape, M extends Marks<S>> = [M['when']] extends [never]
  ? [M['onDeadline']] extends ['fail']
    ? [M['join']] extends ['settled']
      ? false
      : AnyLeavable<At<S, M['needs']>>
    : true
  : true

type AnyLeavable<T extends Shape> = [T['leavable']] extends [false] ? false : true
