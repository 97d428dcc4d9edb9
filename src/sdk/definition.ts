/**
 * A definition as it is at run time, its author's types erased: what the builder makes, what the loader turns into a
 * manifest and what an executor calls. Everything that a function here is given has been parsed by a schema of the
 * definition or written by one of its steps.
 */
import type { z } from 'zod'
import type { Duration } from '../model/duration.ts'
import type { HttpMethod, StatusMeaning } from '../model/http.ts'
import type { Json } from '../model/json.ts'
import type { LogLevel } from '../model/log.ts'
import type { ExitMeaning } from '../model/program.ts'

/** What every function of a definition may read. */
export interface View {
  readonly input: unknown
  readonly context: unknown
  readonly outputs: Readonly<Record<string, unknown>>
  readonly iterations: Readonly<Record<string, readonly unknown[]>>
}

export type Log = { readonly [level in LogLevel]: (message: string, data?: Json) => void }

/** What a handler is given. */
export interface Call extends View {
  /** Counts from 1 over the tries of this iteration. */
  readonly attempt: number
  readonly iteration: number
  /** The same for every try of (run, step, iteration, generation). */
  readonly idempotencyKey: string
  readonly correlationId: string
  /** Aborts when the attempt is no longer wanted: timeout, cancel, superseded. */
  readonly signal: AbortSignal
  readonly log: Log
  /** How far along, 0 to 1, and a few words. */
  readonly progress: (fraction: number, note?: string) => void
  /** Still alive, and what the next attempt should know if this one is cut off. */
  readonly heartbeat: (value: Json) => void
  readonly lastHeartbeat: Json | undefined
}

export type Handler = (call: Call) => unknown
export type Compensation = (call: Call & { readonly output: unknown }) => unknown
/** What undoes a step, alone or with how it is tried. */
export type Compensate = Compensation | { readonly run: Compensation; readonly retry?: RetryOptions; readonly timeout?: Duration }

/** What the receiver of an effect says of it. With what happened comes the output that the step would have answered. */
export type Found<Output> =
  | { readonly happened: true; readonly output: Output }
  | { readonly happened: false | 'unknown'; readonly note?: string }
export type Check = (call: Call) => Found<unknown> | Promise<Found<unknown>>

export interface RetryOptions {
  readonly attempts?: number
  readonly initial?: Duration
  readonly factor?: number
  readonly max?: Duration
  readonly jitter?: number
  /** How long a receiver may ask to be left alone (Retry-After); where it asks for longer, it is not tried again. 1h where it is left out. */
  readonly patience?: Duration
}

export interface Next<Given> {
  readonly to: readonly string[]
  readonly max: number
  readonly onLimit?: 'continue' | 'fail'
  readonly choose: (given: Given) => string | undefined | Promise<string | undefined>
}

/** Where the run goes back to when a step fails for good: what completed since is compensated, and it goes on from there. */
export interface RollingBack<Name extends string> {
  readonly rollbackTo: Name
  /** How often a run is rolled back there by itself; once where it is left out. */
  readonly max?: number
  /** What follows where it may not be once more, or where nothing takes back what was done since: the run fails (the default), or a person is asked. */
  readonly otherwise?: 'fail' | 'ask'
}

export interface StepOptions {
  readonly title?: string
  readonly needs?: readonly string[]
  readonly join?: 'all' | 'settled'
  readonly when?: (view: View) => boolean | Promise<boolean>
  readonly optional?: boolean
  readonly critical?: boolean
  readonly onlyAsFallback?: boolean
  readonly fallback?: string
  readonly timeout?: Duration
  readonly retry?: RetryOptions
  readonly onFailure?: 'fail' | 'ask' | RollingBack<string>
  readonly savepoint?: string
}

export interface WorkOptions extends StepOptions {
  readonly output?: z.ZodType
  readonly heartbeat?: Duration
  readonly dependency?: string
  readonly next?: Next<View & { readonly output: unknown; readonly iteration: number }>
  readonly effect?: { readonly repeat: 'safe' | 'unsafe' }
  readonly isolated?: boolean
  readonly uses?: Readonly<Record<string, number>>
  readonly holds?: Readonly<Record<string, number>>
  readonly compensate?: Compensate
  readonly check?: Check
}

/** A program and what it is given. No shell reads it: nothing in it is expanded, and nothing has to be quoted. */
export interface Command {
  /** A name that is looked for in PATH, or a file: `./deploy.sh` is below the working folder. */
  readonly command: string
  readonly args?: readonly string[]
  /** The working folder, below the workspace or absolute; the workspace itself where it is left out. It must be there. */
  readonly cwd?: string
  /** Set beside the few that every program is given; null takes one of those away. */
  readonly env?: Readonly<Record<string, string | null>>
  /** What the program reads; nothing where it is left out. */
  readonly stdin?: string
}

export interface ShellOptions extends StepOptions {
  readonly next?: NonNullable<WorkOptions['next']>
  readonly exits?: Readonly<Record<number, ExitMeaning>>
  readonly dependency?: string
  readonly effect?: 'none' | { readonly repeat: 'safe' | 'unsafe' }
  readonly sensitive?: boolean
  readonly uses?: Readonly<Record<string, number>>
  readonly holds?: Readonly<Record<string, number>>
  readonly compensate?: Compensate
  readonly check?: Check
}

/** An e-mail before it has an id; addresses as RFC 5322 writes them. */
export interface Message {
  readonly from?: string
  readonly to: string | readonly string[]
  readonly cc?: string | readonly string[]
  readonly bcc?: string | readonly string[]
  readonly replyTo?: string
  readonly subject: string
  readonly text: string
  readonly html?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What an e-mail puts out. */
export interface SentMail {
  readonly messageId: string
  /** Addresses that the server took the message for, and those that it refused. */
  readonly accepted: readonly string[]
  readonly rejected: readonly string[]
  /** What the server said when it took the message. */
  readonly response: string
}

/** What an http step asks, over the method that its options name. */
export interface HttpRequest {
  /** `http:` or `https:`, without user and password: these go into a header. */
  readonly url: string | URL
  readonly headers?: Readonly<Record<string, string>>
  /** The body as JSON, checked when it is there. A request has this or `text`, or no body. */
  readonly json?: unknown
  /** The body as text, in UTF-8. */
  readonly text?: string
}

/** What an http step puts out. */
export interface HttpAnswer<Body = unknown> {
  readonly status: number
  /** By their names in small letters, without those that carry credentials. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Body
}

/** What the body of an answer is: JSON, text, or JSON that a schema takes. */
export type AnswerForm = 'json' | 'text' | z.ZodType

/** Statuses by number or by hundred, and what they come to. The number goes before its hundred. */
export type Statuses = Readonly<Partial<Record<`${2 | 3 | 4 | 5}xx`, StatusMeaning>>> & Readonly<Record<number, StatusMeaning>>

export interface HttpOptions extends Omit<WorkOptions, 'effect'> {
  readonly method?: HttpMethod
  readonly effect?: 'none' | NonNullable<WorkOptions['effect']>
  readonly answer?: AnswerForm
  readonly statuses?: Statuses
  readonly maxBytes?: number
  readonly redirects?: number
  readonly idempotencyHeader?: string | null
}

export interface ApprovalAnswer {
  readonly action: string
  readonly note: string | null
  readonly by: string
}

export interface ApprovalOptions extends StepOptions {
  readonly shows?: (view: View) => unknown
  readonly edits?: string
  readonly actions: { readonly primary: string; readonly secondary?: readonly string[] }
  readonly deadline?: Duration
  readonly onDeadline?: 'fail' | 'skip'
  readonly next?: Next<View & ApprovalAnswer & { readonly iteration: number }>
}

export interface WaitOptions extends StepOptions {
  readonly for: Duration | ((view: View) => Duration | Promise<Duration>)
}

export interface ChildOptions extends StepOptions {
  /** What the child is told of its surroundings, before its own `enrich` completes that. */
  readonly context?: (view: View) => unknown
  readonly holds?: Readonly<Record<string, number>>
  /** What the last steps of the child put out, where its definition is given. */
  readonly output?: z.ZodType
  readonly sensitive?: boolean
}

export type StepDefinition =
  | { readonly id: string; readonly kind: 'code'; readonly options: WorkOptions; readonly handler: Handler }
  | {
      readonly id: string
      readonly kind: 'email'
      readonly options: WorkOptions
      readonly message: (view: View) => Message | Promise<Message>
    }
  | {
      readonly id: string
      readonly kind: 'shell'
      readonly options: ShellOptions
      readonly command: (view: View) => Command | Promise<Command>
    }
  | {
      readonly id: string
      readonly kind: 'http'
      readonly options: HttpOptions
      readonly request: (view: View) => HttpRequest | Promise<HttpRequest>
    }
  | { readonly id: string; readonly kind: 'approval'; readonly options: ApprovalOptions }
  | { readonly id: string; readonly kind: 'wait'; readonly options: WaitOptions }
  | {
      readonly id: string
      readonly kind: 'workflow'
      readonly options: ChildOptions
      /** The name of the workflow that its child runs are of. */
      readonly workflow: string
      readonly input: (view: View) => unknown
    }

export interface Definition {
  readonly name: string
  readonly version: number
  readonly title: string | undefined
  readonly description: string | undefined
  readonly input: z.ZodType
  readonly context: z.ZodType
  readonly enrich: ((given: unknown) => unknown) | undefined
  readonly timeout: Duration | undefined
  readonly checkpoints: 'after' | 'around' | undefined
  readonly steps: readonly StepDefinition[]
  /** Packages that the author leaves out of the bundle. */
  readonly externals?: readonly string[]
  /** Leads a state of that version to the next. */
  readonly migrations: readonly { readonly from: number; readonly migrate: (state: unknown) => unknown }[]
}
