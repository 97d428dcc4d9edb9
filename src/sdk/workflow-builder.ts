/**
 * The builder as an author's editor sees it; `workflow.ts` is what it does.
 *
 * Each method infers from its options, in type parameters of their own, what bears on the types of later steps, and
 * hands it on as marks (`shape.ts`). One parameter for the options as a whole would be shorter, but TypeScript gives
 * functions inside it no types then.
 */
import type { z } from 'zod'
import type { ShellOutput } from '../model/program.ts'
import type { AnswerForm, Command, HttpAnswer, HttpRequest, Message, SentMail } from './definition.ts'
import type { JsonOf, Stored } from './json-of.ts'
import type {
  Answer,
  ApprovalSettings,
  Approved,
  BodyOf,
  Callee,
  CheckedSettings,
  ChildSettings,
  CodeSettings,
  EmailSettings,
  HttpSettings,
  MigratedState,
  ShellSettings,
  WaitSettings,
} from './options.ts'
import type { IdOf, Needable, Reads, ResultOf, ShapeOf, Shape, Unmarked } from './shape.ts'
import type { Given, HandlerCall, OwnOutputs, StepView } from './view.ts'

/** An id that is not taken yet. */
type Fresh<Id extends string, S extends Shape> = Id extends IdOf<S> ? `there is a step ${Id} already` : Id

type Join = 'all' | 'settled'

interface Marked<Needs, J, When, Optional, Fallback, OnlyAsFallback, Savepoint, OnDeadline = 'fail'> {
  readonly needs: Needs
  readonly join: J
  readonly when: When
  readonly optional: Optional
  readonly fallback: Fallback
  readonly onlyAsFallback: OnlyAsFallback
  readonly onDeadline: OnDeadline
  readonly savepoint: Savepoint
}

/** What a handler may return: JSON, or nothing. */
type Returns<R> = Answer<R & JsonOf<R>>

/**
 * The handler of a step with an output schema. A conditional type although it has one case: TypeScript then knows the
 * schema before it looks at the handler, so that a literal in a returned object stays one.
 */
type Producer<Seen, Schema> = Schema extends z.ZodType ? (call: HandlerCall<Seen>) => Answer<z.input<Schema>> : never

/**
 * A workflow as it is written so far. Each call gives a new one with one step more; the old one stays as it was. The
 * last of them is the default export of the module. Ids are a letter, then letters, digits, `_` or `-`.
 */
export interface WorkflowBuilder<G extends Given, S extends Shape> extends Callee<G['takes']['input'], G['takes']['context'], ResultOf<S>> {
  /** A step of your own code. What its handler returns is stored, and is what later steps read; it must be JSON. */
  step<const Id extends string, R>(
    id: Fresh<Id, S>,
    handler: (call: HandlerCall<StepView<G, S, Reads<never, 'all'>, object>>) => Returns<R>,
  ): WorkflowBuilder<G, S | ShapeOf<S, Id, Unmarked, Stored<R>>>

  /** A step of your own code whose output is checked by a schema. */
  step<
    const Id extends string,
    Schema extends z.ZodType,
    const Needs extends Needable<S> = never,
    const J extends Join = 'all',
    When extends boolean = never,
    const Optional extends boolean = false,
    const Fallback extends string = never,
    const OnlyAsFallback extends boolean = false,
    const Savepoint extends string = never,
    const To extends string = never,
  >(
    id: Fresh<Id, S>,
    options: CheckedSettings<G, S, Marked<Needs, J, When, Optional, Fallback, OnlyAsFallback, Savepoint>, Id, To, Schema>,
    handler: Producer<StepView<G, S, Reads<Needs, J>, OwnOutputs<Id, z.output<Schema>>>, Schema>,
  ): WorkflowBuilder<G, S | ShapeOf<S, Id, Marked<Needs, J, When, Optional, Fallback, OnlyAsFallback, Savepoint>, z.output<Schema>>>

  /** A step of your own code. What its handler returns is stored, and is what later steps read; it must be JSON. */
  step<
    const Id extends string,
    R,
    const Needs extends Needable<S> = never,
    const J extends Join = 'all',
    When extends boolean = never,
    const Optional extends boolean = false,
    const Fallback extends string = never,
    const OnlyAsFallback extends boolean = false,
    const Savepoint extends string = never,
    const To extends string = never,
  >(
    id: Fresh<Id, S>,
    options: CodeSettings<G, S, Marked<Needs, J, When, Optional, Fallback, OnlyAsFallback, Savepoint>, Id, To>,
    handler: (call: HandlerCall<StepView<G, S, Reads<Needs, J>, object>>) => Returns<R>,
  ): WorkflowBuilder<G, S | ShapeOf<S, Id, Marked<Needs, J, When, Optional, Fallback, OnlyAsFallback, Savepoint>, Stored<R>>>

  /** A question to a person. The run waits for the answer, which is the step's output. */
  approval<
    const Id extends string,
    const Primary extends string,
    const Secondary extends string = never,
    const Needs extends Needable<S> = never,
    const J extends Join = 'all',
    When extends boolean = never,
    const Optional extends boolean = false,
    const Fallback extends string = never,
    const OnlyAsFallback extends boolean = false,
    const Savepoint extends string = never,
    const OnDeadline extends 'fail' | 'skip' = 'fail',
    const To extends string = never,
  >(
    id: Fresh<Id, S>,
    options: ApprovalSettings<
      G,
      S,
      Marked<Needs, J, When, Optional, Fallback, OnlyAsFallback, Savepoint, OnDeadline>,
      Id,
      To,
      Primary,
      Secondary
    >,
  ): WorkflowBuilder<
    G,
    | S
    | ShapeOf<S, Id, Marked<Needs, J, When, Optional, Fallback, OnlyAsFallback, Savepoint, OnDeadline>, Approved<Primary | Secondary>>
  >

  /** Lets time pass. It survives restarts, and does not count against the timeout of the run. */
  wait<
    const Id extends string,
    const Needs extends Needable<S> = never,
    const J extends Join = 'all',
    When extends boolean = never,
    const Optional extends boolean = false,
    const Fallback extends string = never,
    const OnlyAsFallback extends boolean = false,
    const Savepoint extends string = never,
  >(
    id: Fresh<Id, S>,
    options: WaitSettings<G, S, Marked<Needs, J, When, Optional, Fallback, OnlyAsFallback, Savepoint>>,
  ): WorkflowBuilder<G, S | ShapeOf<S, Id, Marked<Needs, J, When, Optional, Fallback, OnlyAsFallback, Savepoint>, null>>

  /** Sends the message that the function makes, over the mail server of the workspace. */
  email<
    const Id extends string,
    const Needs extends Needable<S> = never,
    const J extends Join = 'all',
    When extends boolean = never,
    const Optional extends boolean = false,
    const Fallback extends string = never,
    const OnlyAsFallback extends boolean = false,
    const Savepoint extends string = never,
    const To extends string = never,
  >(
    id: Fresh<Id, S>,
    options: EmailSettings<G, S, Marked<Needs, J, When, Optional, Fallback, OnlyAsFallback, Savepoint>, Id, To>,
    message: (view: StepView<G, S, Reads<Needs, J>, OwnOutputs<Id, SentMail>>) => Answer<Message>,
  ): WorkflowBuilder<G, S | ShapeOf<S, Id, Marked<Needs, J, When, Optional, Fallback, OnlyAsFallback, Savepoint>, SentMail>>

  /** Runs the program that the function names, on this machine. What it came to is the step's output. */
  shell<
    const Id extends string,
    const Needs extends Needable<S> = never,
    const J extends Join = 'all',
    When extends boolean = never,
    const Optional extends boolean = false,
    const Fallback extends string = never,
    const OnlyAsFallback extends boolean = false,
    const Savepoint extends string = never,
    const To extends string = never,
  >(
    id: Fresh<Id, S>,
    options: ShellSettings<G, S, Marked<Needs, J, When, Optional, Fallback, OnlyAsFallback, Savepoint>, Id, To>,
    command: (view: StepView<G, S, Reads<Needs, J>, OwnOutputs<Id, ShellOutput>>) => Answer<Command>,
  ): WorkflowBuilder<G, S | ShapeOf<S, Id, Marked<Needs, J, When, Optional, Fallback, OnlyAsFallback, Savepoint>, ShellOutput>>

  /** Sends the request that the function makes. What the receiver answers is the step's output. */
  http<
    const Id extends string,
    const Needs extends Needable<S> = never,
    const J extends Join = 'all',
    When extends boolean = never,
    const Optional extends boolean = false,
    const Fallback extends string = never,
    const OnlyAsFallback extends boolean = false,
    const Savepoint extends string = never,
    const To extends string = never,
    const Form extends AnswerForm = never,
  >(
    id: Fresh<Id, S>,
    options: HttpSettings<G, S, Marked<Needs, J, When, Optional, Fallback, OnlyAsFallback, Savepoint>, Id, To, Form>,
    request: (view: StepView<G, S, Reads<Needs, J>, OwnOutputs<Id, HttpAnswer<BodyOf<Form>>>>) => Answer<HttpRequest>,
  ): WorkflowBuilder<G, S | ShapeOf<S, Id, Marked<Needs, J, When, Optional, Fallback, OnlyAsFallback, Savepoint>, HttpAnswer<BodyOf<Form>>>>

  /**
   * Begins a run of another workflow and waits for it: a child, of the workflow by its definition or by its name. What its last
   * steps put out, those that no other needs, is the step's output, by their ids. The child is cancelled, paused and undone with
   * its parent; where it fails, so does the step.
   */
  workflow<
    const Id extends string,
    Takes = unknown,
    Context = unknown,
    Result = unknown,
    const Needs extends Needable<S> = never,
    const J extends Join = 'all',
    When extends boolean = never,
    const Optional extends boolean = false,
    const Fallback extends string = never,
    const OnlyAsFallback extends boolean = false,
    const Savepoint extends string = never,
  >(
    id: Fresh<Id, S>,
    options: ChildSettings<G, S, Marked<Needs, J, When, Optional, Fallback, OnlyAsFallback, Savepoint>, Id, Context, Result>,
    child: Callee<Takes, Context, Result> | string,
    input: (view: StepView<G, S, Reads<Needs, J>, OwnOutputs<Id, Result>>) => Answer<NoInfer<Takes>>,
  ): WorkflowBuilder<G, S | ShapeOf<S, Id, Marked<Needs, J, When, Optional, Fallback, OnlyAsFallback, Savepoint>, Result>>

  /**
   * Leads the state of a run from this version to the next, when somebody sends it back to go on with the present
   * definition. Outputs of steps that are gone may be read. What comes of the last migration is held against the schemas.
   */
  migrate(from: number, migration: (state: MigratedState) => MigratedState): WorkflowBuilder<G, S>
}
