/**
 * What a host and its executor processes say to each other. A message of the wire is one JSON text that holds a batch:
 * all that follows from one event.
 *
 * A ticket names one task or question on one process; what is said of a ticket that the process does not hold is
 * ignored. So nothing that a process says can touch another's attempts.
 *
 * What a process says is held against its schema: anybody's code runs there. It takes its host at its word: whoever could say
 * something else in that place could do as it likes with the process anyway.
 */
import { z } from 'zod'
import type { AttemptRef, Question, Task, View } from '../../engine/ports.ts'
import { Dependency } from '../../model/breaker.ts'
import { Failure, isOfStore } from '../../model/failure.ts'
import { ExchangeSide } from '../../model/http.ts'
import { Millis, type RevisionHash, type RunId, StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import { LogLevel } from '../../model/log.ts'
import { ProgramLine } from '../../model/program.ts'
import type { SmtpSettings } from '../smtp/settings.ts'

/** What JSON.parse gave is JSON already; walking it again would only cost time. */
export const Parsed = z.custom<Json>((value) => value !== undefined)

/**
 * A part of a view: its value, and whether the process keeps that for tasks of the run that are to come. A key alone is what it has
 * kept.
 */
export type Part = readonly [key: string] | readonly [key: string, value: Json, isKept: boolean]

/** Before the key of a part that is the output of a step. */
export const ofStep = 'output/'

/** A view as a process is told it. */
export interface ToldView {
  readonly run: RunId
  /** Input, context, and the outputs in the order of the view. */
  readonly parts: readonly [input: Part, context: Part, ...outputs: Part[]]
  readonly iterations: View['iterations']
  /** A run of which it keeps nothing any more. */
  readonly forget: RunId | null
}

/** A task as its code needs it. */
export interface Work extends Pick<AttemptRef, 'step' | 'iteration'>, Pick<Task, 'phase' | 'attempt' | 'idempotencyKey' | 'correlation' | 'view' | 'lastHeartbeat' | 'output'> {}

export interface BundleMessage {
  readonly type: 'bundle'
  readonly revision: RevisionHash
  /** Where it would stand, for its imports and its stacks. */
  readonly file: string
  readonly text: string
}

export interface StartMessage {
  readonly type: 'start'
  readonly ticket: number
  readonly revision: RevisionHash
  readonly work: Omit<Work, 'view'> & { readonly view: ToldView }
  /** The process holds nothing else. */
  readonly alone: boolean
  /** The folder that programs are run in. */
  readonly workspace: string
  /** Where the step is an e-mail: no other process learns it. */
  readonly smtp: SmtpSettings | null
}

export interface AskMessage {
  readonly type: 'ask'
  readonly ticket: number
  readonly revision: RevisionHash
  readonly question: Question
}

export type HostMessage =
  /** The text of a revision, once per process. */
  | BundleMessage
  | StartMessage
  | AskMessage
  | { readonly type: 'stop'; readonly ticket: number }
  /** Answers `effect` and `reach`: whether the attempt may go on, or is held back. */
  | { readonly type: 'effect' | 'reach'; readonly ticket: number; readonly granted: boolean }
  | { readonly type: 'ping'; readonly count: number }

/** What a process is to be told, whatever it has been told before. */
export type Order = Exclude<HostMessage, StartMessage> | (Omit<StartMessage, 'work'> & { readonly run: RunId; readonly work: Work })

const ticket = z.int().nonnegative()
const Ticketed = z.object({ ticket })

/** What is damaged only the store finds, and its words are shown where those of code are hidden: no process may say so. */
const Said = Failure.refine((failure) => !isOfStore(failure))

const Result = z.discriminatedUnion('type', [
  z.object({ type: z.literal('completed'), output: Parsed, next: StepId.nullable() }),
  z.object({ type: z.literal('skipped') }),
  z.object({ type: z.literal('asked'), shown: Parsed }),
  z.object({ type: z.literal('checked'), happened: z.literal(false).nullable(), note: z.string().nullable() }),
  z.object({ type: z.literal('waits'), duration: Millis }),
  z.object({ type: z.literal('calls'), input: Parsed, context: Parsed }),
  z.object({ type: z.literal('failed'), failure: Said }),
  z.object({ type: z.literal('held'), dependency: Dependency }),
  z.object({ type: z.literal('cut_off'), failure: Said, own: z.boolean() }),
])

const Answer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('began'), input: Parsed, context: Parsed }),
  z.object({ type: z.literal('settled'), output: Parsed, next: StepId.nullable(), edited: Parsed }),
  z.object({ type: z.literal('vouched'), output: Parsed }),
  z.object({ type: z.literal('migrated'), changed: z.array(z.object({ key: z.string(), value: Parsed })).readonly() }),
  z.object({ type: z.literal('addressed'), recipients: z.array(z.string()).readonly() }),
  z.object({ type: z.literal('refused'), failures: z.array(Said).readonly() }),
])

export const ExecutorMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('pong'), count: z.int() }),
  /**
   * `clean` says, of a task that was alone, that nothing of it goes on: the process may be another's. `secrets` must not be told, in whatever
   * the attempt said.
   */
  Ticketed.extend({ type: z.literal('ended'), result: Result, secrets: z.array(z.string()), clean: z.boolean() }),
  Ticketed.extend({ type: z.literal('answered'), answer: Answer }),
  /** The attempt is about to touch the outside world and waits for leave. */
  Ticketed.extend({ type: z.literal('effect') }),
  /** The attempt is about to reach something outside, and waits for leave. */
  Ticketed.extend({ type: z.literal('reach'), dependency: Dependency }),
  Ticketed.extend({ type: z.literal('log'), level: LogLevel, message: z.string(), data: Parsed, program: ProgramLine.optional(), exchange: ExchangeSide.optional() }),
  Ticketed.extend({ type: z.literal('progress'), fraction: z.number().min(0).max(1), note: z.string().nullable() }),
  Ticketed.extend({ type: z.literal('heartbeat'), value: Parsed }),
  /** The process is about to end; `ticket` names whose doing it is, where that is known. */
  z.object({ type: z.literal('crashed'), ticket: ticket.nullable(), failure: Said }),
])
export type ExecutorMessage = z.infer<typeof ExecutorMessage>

export const HostBatch = z.custom<readonly HostMessage[]>(Array.isArray)
export const ExecutorBatch = z.array(ExecutorMessage)
