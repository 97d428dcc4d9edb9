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
 * A person who skips a step can leave any output out; no type can tell that.
 */
export interface Shape {
  readonly output: unknown
  /** Ids of all that the step transitively needs. */
  readonly before: string
  /** Ids of `before` whose output is there whenever the step runs. */
  readonly sure: string
  /** Ids of `before` whose output is there whenever the step has settled, also where it was left out. */
  readonly always: string
  readonly optional: boolean
  readonly leavable: boolean
  readonly onlyAsFallback: boolean
  /** Id of its fallback, or never. */
  readonly fallback: string
}

export type Steps = Readonly<Record<string, Shape>>
export type NoSteps = Readonly<Record<never, Shape>>
export type IdOf<S> = keyof S & string

/** What the options of a step say that bears on what it can read. */
export interface Reads<Needs, Join> {
  readonly needs: Needs
  readonly join: Join
}

export type ReadsOf<S extends Steps> = Reads<IdOf<S>, 'all' | 'settled'>

/** What they say that bears on what others can read. `when` is never where it is not given. */
export interface Marks<S extends Steps> extends ReadsOf<S> {
  readonly when: boolean
  readonly optional: boolean
  readonly fallback: string
  readonly onlyAsFallback: boolean
  readonly onDeadline: 'fail' | 'skip'
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
}

/** The shape of a step with these marks. */
export interface ShapeOf<S extends Steps, M extends Marks<S>, Output> {
  readonly output: Output
  readonly before: Before<S, M>
  readonly sure: Sure<S, M>
  readonly always: Always<S, M['needs']>
  readonly optional: M['optional']
  readonly leavable: [M['when']] extends [never]
    ? [M['onDeadline']] extends ['fail']
      ? LeftOutWithNeeds<S, M>
      : true
    : true
  readonly onlyAsFallback: M['onlyAsFallback']
  readonly fallback: M['fallback']
}

/** Ids that a step may need. Not a fallback: what wants its output needs its primary, which has the same. */
export type Needable<S extends Steps> = {
  [K in IdOf<S>]: S[K]['onlyAsFallback'] extends false ? K : never
}[IdOf<S>]

/** A step's output, or its fallback's where that stood in: unknown as long as that is not written down. */
export type OutputOf<S extends Steps, K extends keyof S> = S[K]['output'] | StandIn<S, S[K]['fallback']>

type StandIn<S extends Steps, F> = F extends keyof S ? OutputOf<S, F> : F extends string ? unknown : never

/** Ids of all that a step transitively needs. */
export type Before<S extends Steps, R extends ReadsOf<S>> = R['needs'] | S[R['needs']]['before']

/** What a step can read of the outputs before it. */
export type OutputsBefore<S extends Steps, R extends ReadsOf<S>> = {
  readonly [K in Before<S, R>]: OutputOf<S, K> | (K extends Sure<S, R> ? never : undefined)
}

/** Outputs of earlier iterations, oldest first, of the steps before, of the step itself, and of any other. */
export type IterationsOf<S extends Steps, R extends ReadsOf<S>, Own extends object> = {
  readonly [K in Before<S, R>]?: readonly OutputOf<S, K>[]
} & Own & { readonly [id: string]: readonly unknown[] | undefined }

/** Ids whose output is there when the step runs. */
type Sure<S extends Steps, R extends ReadsOf<S>> = [R['join']] extends ['all']
  ? { [K in R['needs']]: S[K]['sure'] | Kept<S, K> }[R['needs']]
  : Always<S, R['needs']>

/** Ids whose output is there when all of these needs have settled. */
type Always<S extends Steps, Needs extends IdOf<S>> = {
  [K in Needs]: S[K]['always'] | (S[K]['leavable'] extends false ? Kept<S, K> : never)
}[Needs]

type Kept<S extends Steps, K extends IdOf<S>> = S[K]['optional'] extends false ? K : never

/** True where the step is left out because one of its needs was. */
type LeftOutWithNeeds<S extends Steps, R extends ReadsOf<S>> = [R['join']] extends ['settled']
  ? false
  : true extends { [K in R['needs']]: S[K]['leavable'] extends false ? false : true }[R['needs']]
    ? true
    : false
