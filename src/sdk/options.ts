/**
 * The options of the builder, typed by what their functions may read.
 *
 * A view is spelled with `Reads` and never with the marks as a whole: TypeScript would otherwise settle what `when` and
 * the others are as soon as it gives a function its parameter, before it has looked at them.
 */
import type { z } from 'zod'
import type { Duration } from '../model/duration.ts'
import type { Json } from '../model/json.ts'
import type { HttpMethod } from '../model/http.ts'
import type { ExitMeaning, ShellOutput } from '../model/program.ts'
import type { AnswerForm, Command, Found, HttpAnswer, RetryOptions, RollingBack, SentMail, Statuses } from './definition.ts'
import type { Editable } from './edit-path.ts'
import type { JsonOf } from './json-of.ts'
import type { Before, Marks, Reads, SavepointOf, Shape } from './shape.ts'
import type { Given, HandlerCall, OwnOutputs, StepView } from './view.ts'

export type Answer<T> = T | Promise<T>

/** A schema of values that can be stored. */
export type StorableSchema<S extends z.ZodType> = S &
  ([z.output<S>] extends [JsonOf<z.output<S>>] ? unknown : 'what this schema puts out must be JSON: no Date, Map or bigint')

export interface WorkflowOptions<Input extends z.ZodType, Context extends z.ZodType> {
  /** Counts up with every change that a run under way could notice. */
  readonly version: number
  /** What a person reads instead of the name: 200 characters at most. */
  readonly title?: string
  /** What the workflow is for: 4,000 characters at most. */
  readonly description?: string
  /** What a run is started with. Checked before it starts; handlers get what the schema makes of it. */
  readonly input: StorableSchema<Input>
  /** What a run knows of its surroundings: tenant, region, who started it. Checked like the input. */
  readonly context?: StorableSchema<Context>
  /** Completes the context that a run was started with; what it answers is checked by `context`. */
  readonly enrich?: (given: Readonly<Record<string, Json>>) => Answer<z.input<Context>>
  /** How long a run may take. Waiting for a person or in a `wait` does not count. */
  readonly timeout?: Duration
  /**
   * When checkpoints are taken by themselves: after each step (the default), or before each starts as well. Before a
   * critical step, and where something fails, one is taken in any case.
   */
  readonly checkpoints?: 'after' | 'around'
  /** Packages that may stay out of the bundle where they cannot be in it, beside those of the workspace's package.json. */
  readonly externals?: readonly string[]
}

/** A name that no savepoint has yet. */
type FreshSavepoint<S extends Shape, Name> = Name extends SavepointOf<S> ? `there is a savepoint ${Name} already` : Name

/** What undoes a step: a function, or one with how it is tried. */
export type Undoing<Call, Answered> =
  | ((call: Call) => Answered)
  | {
      readonly run: (call: Call) => Answered
      /** How failures that may pass are tried again; 4 tries in all where it is left out. Then a person is asked. */
      readonly retry?: RetryOptions
      /** How long one try may take; as long as one of the step where it is left out. */
      readonly timeout?: Duration
    }

/** Options that every kind of step has. */
export interface StepSettings<G extends Given, S extends Shape, M extends Marks<S>, Own extends object> {
  /** What a person reads instead of the id: 200 characters at most. */
  readonly title?: string
  /** Steps that must have settled before this one starts; they stand above it. */
  readonly needs?: readonly M['needs'][]
  /** `all` (the default): where a need was left out, so is this step. `settled`: it runs all the same. */
  readonly join?: M['join']
  /** Answers false to leave this step out, and what needs it too, unless that says `join: 'settled'`. */
  readonly when?: (view: StepView<G, S, Reads<M['needs'], M['join']>, Own>) => Answer<M['when']>
  /** Where the step fails for good, the run goes on without its output. */
  readonly optional?: M['optional']
  /** Marks the step's checkpoint as one to come back to. */
  readonly critical?: boolean
  /** The step runs only in the place of one that names it as its fallback. */
  readonly onlyAsFallback?: M['onlyAsFallback']
  /** The step that runs in this one's place once every try has failed; it says `onlyAsFallback`. */
  readonly fallback?: M['fallback']
  /** How long one try may take. */
  readonly timeout?: Duration
  /** How failures that may pass are tried again; 4 tries in all where it is left out. */
  readonly retry?: RetryOptions
  /** Names the moment before this step starts, as one to which the run can be rolled back; no other step may have it. */
  readonly savepoint?: FreshSavepoint<S, M['savepoint']>
  /** When nothing has helped, the run fails (the default), a person is asked, or the run is rolled back to a savepoint. */
  readonly onFailure?: 'fail' | 'ask' | RollingBack<NoInfer<SavepointOf<S> | M['savepoint']>>
}

/** Sends the run back to a step before this one, or to this one again. */
export interface LoopSettings<Allowed extends string, To, Seen> {
  /** Steps that `choose` may answer. */
  readonly to: readonly (To & NoInfer<Allowed>)[]
  /** How often this step may send the run back, at most. */
  readonly max: number
  /** Where it wants to once more, the run fails (the default), or goes on. */
  readonly onLimit?: 'continue' | 'fail'
  /**
   * Called when the step is done: the step to go back to, or undefined to go on. Of an approval it is also asked before
   * a person decides, to say what would follow, so let it go by what it is given alone.
   */
  readonly choose: (given: Seen & { readonly iteration: number }) => Answer<NoInfer<To> | undefined>
}

/** Of what has the run hold a share of what there is only so much of. */
interface HoldingSettings {
  /**
   * What the run holds over several steps: from when the first that says so begins until the last of them has ended, also while it
   * waits in between. Each of them says the same. Runs that come to wait for one another by this are found at once: the one that
   * loses the least gives way, goes back to before the first of these steps, and waits again.
   */
  readonly holds?: Readonly<Record<string, number>>
}

/** Of what takes a share of what there is only so much of. */
interface UsingSettings extends HoldingSettings {
  /**
   * What a try holds for as long as it is under way, by the names that `resources` of the settings give it: `{ smtp: 1 }`. It
   * starts once there is enough of all of it and it is its turn. Of a name that the settings do not have there is one. Undoing
   * the step holds the same.
   */
  readonly uses?: Readonly<Record<string, number>>
}

/** Options of a step that acts: code, an e-mail, or a request. */
interface ActingSettings<
  G extends Given,
  S extends Shape,
  M extends Marks<S>,
  Own extends object,
  Id extends string,
  To,
  Output,
> extends StepSettings<G, S, M, Own>, UsingSettings {
  /** Sends the run back where the output is not good enough. Give the step an `output` schema to read it here. */
  readonly next?: LoopSettings<
    Before<S, M> | Id,
    To,
    StepView<G, S, Reads<M['needs'], M['join']>, Own> & { readonly output: Output }
  >
  /** Gives the step a process to itself. */
  readonly isolated?: boolean
  /**
   * What the step reaches outside, by a name: where that fails again and again, a breaker holds back every step of the workflow
   * that names it. A request goes by its host and port, and a mail by those of its server, where it is left out.
   */
  readonly dependency?: string
  /**
   * Asks the receiver whether the effect happened, where an attempt was cut off inside it; look it up by `idempotencyKey`. What
   * happened completes the step, what did not is tried again. Where it answers `unknown`, a person says.
   */
  readonly check?: (call: HandlerCall<StepView<G, S, Reads<M['needs'], M['join']>, Own>>) => Answer<Found<NoInfer<Output>>>
  /** Undoes the step where the run fails or is cancelled after it. Give the step an `output` schema to read it here. */
  readonly compensate?: Undoing<HandlerCall<StepView<G, S, Reads<M['needs'], M['join']>, Own>> & { readonly output: Output }, unknown>
}

/** Options of a step of code alone. */
interface Beating {
  /**
   * The longest that a try may go without calling `heartbeat`, from when its process has it: a try that is silent for longer
   * ends as a timeout. It is not asked of the step's compensation.
   */
  readonly heartbeat?: Duration
}

/** Of what changes something outside only where it says so, or cannot but do so. */
interface EffectSettings {
  /**
   * The step changes something outside: it gets a process to itself. `safe`: the receiver honours `idempotencyKey`, so
   * that a try that was cut off may run again by itself. `unsafe`: a person says whether it happened.
   */
  readonly effect?: { readonly repeat: 'safe' | 'unsafe' }
}

/** A step of code whose output has no schema. */
export interface CodeSettings<G extends Given, S extends Shape, M extends Marks<S>, Id extends string, To>
  extends ActingSettings<G, S, M, object, Id, To, unknown>, EffectSettings, Beating {
  readonly output?: never
}

/** A step of code whose output has a schema. */
export interface CheckedSettings<
  G extends Given,
  S extends Shape,
  M extends Marks<S>,
  Id extends string,
  To,
  Schema extends z.ZodType,
> extends ActingSettings<G, S, M, OwnOutputs<Id, z.output<Schema>>, Id, To, z.output<Schema>>, EffectSettings, Beating {
  /** What the handler returns is checked by it; what it makes of that is the step's output. */
  readonly output: StorableSchema<Schema>
}

export interface EmailSettings<G extends Given, S extends Shape, M extends Marks<S>, Id extends string, To>
  extends ActingSettings<G, S, M, OwnOutputs<Id, SentMail>, Id, To, SentMail>, EffectSettings {}

export interface ShellSettings<G extends Given, S extends Shape, M extends Marks<S>, Id extends string, To>
  extends StepSettings<G, S, M, OwnOutputs<Id, ShellOutput>>, UsingSettings {
  /**
   * What exit codes mean: `{ 75: 'transient', 3: 'completed' }`. Of those that are not named 0 completes the step, and
   * any other fails it for good (`permanent`).
   */
  readonly exits?: Readonly<Record<number, ExitMeaning>>
  /**
   * What the program does outside. `unsafe` is meant where nothing is said: a try that was cut off waits for a person to
   * say whether it happened. `none`: it may simply run again, as a build or a test may. `safe`: whom it reaches honours
   * the idempotency key, which it finds in the variable CAIRN_IDEMPOTENCY_KEY.
   */
  readonly effect?: 'none' | { readonly repeat: 'safe' | 'unsafe' }
  /** As of any step that acts: what the program reaches outside, by a name. */
  readonly dependency?: string
  /** What it prints is kept as sensitive: shown to nobody, and not in the logs. */
  readonly sensitive?: boolean
  /** Sends the run back where what came of it is not good enough. */
  readonly next?: LoopSettings<
    Before<S, M> | Id,
    To,
    StepView<G, S, Reads<M['needs'], M['join']>, OwnOutputs<Id, ShellOutput>> & { readonly output: ShellOutput }
  >
  /** Asks the receiver whether the program did its work, where a try was cut off; look it up by `idempotencyKey`. */
  readonly check?: (
    call: HandlerCall<StepView<G, S, Reads<M['needs'], M['join']>, OwnOutputs<Id, ShellOutput>>>,
  ) => Answer<Found<Partial<ShellOutput>>>
  /** Undoes the step where the run fails or is cancelled after it: by a command, if it answers one. */
  readonly compensate?: Undoing<
    HandlerCall<StepView<G, S, Reads<M['needs'], M['join']>, OwnOutputs<Id, ShellOutput>>> & { readonly output: ShellOutput },
    Answer<Command | void>
  >
}

/** What the body of an answer is to later steps. */
export type BodyOf<Form> = [Form] extends [never] ? unknown : Form extends z.ZodType ? z.output<Form> : Form extends 'text' ? string : unknown

export interface HttpSettings<G extends Given, S extends Shape, M extends Marks<S>, Id extends string, To, Form extends AnswerForm>
  extends ActingSettings<G, S, M, OwnOutputs<Id, HttpAnswer<BodyOf<Form>>>, Id, To, HttpAnswer<BodyOf<Form>>> {
  /** GET where it is left out. */
  readonly method?: HttpMethod
  /**
   * What the request does outside. Where nothing is said, `none` is meant of GET, HEAD and OPTIONS, and `unsafe` of the others:
   * a try that was cut off waits for a person to say whether it happened. `none` of a POST: it only asks, as a search does.
   * `safe`: the receiver honours the idempotency key, so that it may simply be sent again.
   */
  readonly effect?: 'none' | { readonly repeat: 'safe' | 'unsafe' }
  /**
   * What the body of the answer is: `json`, `text`, or a schema for JSON, which later steps then know the type of. Where it is
   * left out, the answer's Content-Type says so. No body is null, or an empty text.
   */
  readonly answer?: Form & (Form extends z.ZodType ? StorableSchema<Form> : unknown)
  /**
   * What statuses come to, where not as usual: 2xx completes; 408, 425 and 5xx are `transient`; 429, 507, and a 403 that says that a
   * quota is used up, are `resource`; anything else is `permanent`. Of a request that is not safe to repeat, a 5xx leaves in doubt whether it happened; one that is named
   * here does not.
   */
  readonly statuses?: Statuses
  /** Largest body that is taken, in bytes; 1,000,000 where it is left out. */
  readonly maxBytes?: number
  /** How many redirects a method that only reads follows; 5 where it is left out. Others follow none. */
  readonly redirects?: number
  /** The header that tells the idempotency key to a receiver that is written to: `Idempotency-Key`, or null for none. */
  readonly idempotencyHeader?: string | null
}

/** What an approval puts out: the action that was chosen, and what was said with it. */
export interface Approved<Action extends string> {
  readonly action: Action
  readonly note: string | null
  /** Name of the person. */
  readonly by: string
}

export interface ApprovalSettings<
  G extends Given,
  S extends Shape,
  M extends Marks<S>,
  Id extends string,
  To,
  Primary extends string,
  Secondary extends string,
> extends StepSettings<G, S, M, OwnOutputs<Id, Approved<Primary | Secondary>>> {
  /** What the person is shown. */
  readonly shows?: (
    view: StepView<G, S, Reads<M['needs'], M['join']>, OwnOutputs<Id, Approved<Primary | Secondary>>>,
  ) => unknown
  /** What the person may change while deciding: `draft.body` is `body` of the output of `draft`. */
  readonly edits?: NoInfer<Editable<S, Before<S, M>>>
  /** What the person can choose. `reject` ends the run as cancelled, unless `next` answers it. */
  readonly actions: { readonly primary: Primary; readonly secondary?: readonly Secondary[] }
  /** How long the person has. */
  readonly deadline?: Duration
  /** At the deadline the step fails (the default), or is left out; it is never approved. */
  readonly onDeadline?: M['onDeadline']
  /** Sends the run back where the person's answer asks for it. */
  readonly next?: LoopSettings<
    Before<S, M> | Id,
    To,
    StepView<G, S, Reads<M['needs'], M['join']>, OwnOutputs<Id, Approved<Primary | Secondary>>> &
      Approved<Primary | Secondary>
  >
}

export interface WaitSettings<G extends Given, S extends Shape, M extends Marks<S>> extends StepSettings<G, S, M, object> {
  /** How long, or a function that answers it. */
  readonly for: Duration | ((view: StepView<G, S, Reads<M['needs'], M['join']>, object>) => Answer<Duration>)
}

declare const called: unique symbol

/** A workflow that another may call: its definition, of which the types say what it takes and what comes of it. */
export interface Callee<Takes, Context, Result> {
  readonly [called]?: { readonly takes: Takes; readonly context: Context; readonly result: Result }
}

export interface ChildSettings<G extends Given, S extends Shape, M extends Marks<S>, Id extends string, Context, Result>
  extends StepSettings<G, S, M, OwnOutputs<Id, Result>>, HoldingSettings {
  /** What the child is told of its surroundings, before its own `enrich` completes that; nothing where it is left out. */
  readonly context?: (view: StepView<G, S, Reads<M['needs'], M['join']>, OwnOutputs<Id, Result>>) => Answer<NoInfer<Context>>
  /** How long the child may take, with all that it waits for. It is cancelled then. */
  readonly timeout?: Duration
  /** What the child puts out is shown to nobody, and not searched. Where its definition is given, its own marks hold without it. */
  readonly sensitive?: boolean
}

/** A run's state at a checkpoint, as an earlier version of the workflow left it. */
export interface MigratedState {
  readonly input: Readonly<Record<string, Json>>
  readonly context: Readonly<Record<string, Json>>
  /** The latest output of every step that had completed by then; there is none of any other, nor may one be added. */
  readonly outputs: Readonly<Record<string, Json>>
  /** Outputs of earlier iterations, oldest first, of every step that a loop has gone over. */
  readonly iterations: Readonly<Record<string, readonly Json[]>>
}
