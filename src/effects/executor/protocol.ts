/**
 * What a host and its executor processes say to each other. A message of the wire is one JSON text that holds a batch:
 * all that follows from one event.
 *
 * A ticket names one task or question on one process; what is said of a ticket that the process does not hold is
 * ignored. So nothing that a process says can touch another's attempts.
 */
import { z } from 'zod'
import { Actor } from '../../model/actor.ts'
import { Dependency } from '../../model/breaker.ts'
import { Failure } from '../../model/failure.ts'
import { ExchangeSide } from '../../model/http.ts'
import { CorrelationId, Millis, RevisionHash, RunId, StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import { LogLevel } from '../../model/log.ts'
import { ProgramLine } from '../../model/program.ts'
import { Phase } from '../../model/step.ts'
import { SmtpSettings } from '../smtp/settings.ts'

/** What JSON.parse gave is JSON already; walking it again would only cost time. */
export const Parsed = z.custom<Json>((value) => value !== undefined)

const View = z.object({
  input: Parsed,
  context: Parsed,
  outputs: z.custom<Readonly<Record<string, Json>>>(isObject),
  iterations: z.custom<Readonly<Record<string, readonly Json[]>>>(isObject),
})

/**
 * A part of a view by its key, in the order of the view: its value, and whether the process keeps that for tasks of the run that
 * are to come. A key alone is what it has kept.
 */
export type Part = readonly [key: string] | readonly [key: string, value: Json, isKept: boolean]

/** A view as a process is told it. */
const ToldView = z.object({
  run: RunId,
  parts: z.custom<readonly Part[]>(Array.isArray),
  iterations: View.shape.iterations,
  /** A run of which it keeps nothing any more. */
  forget: RunId.nullable(),
})
export type ToldView = z.infer<typeof ToldView>

/** A task as its code needs it. */
const Work = z.object({
  step: StepId,
  iteration: z.int().min(1),
  phase: Phase,
  attempt: z.int().min(1),
  idempotencyKey: z.string(),
  correlation: CorrelationId,
  view: View,
  lastHeartbeat: Parsed,
  output: Parsed,
})
export type Work = z.infer<typeof Work>
export type View = z.infer<typeof View>

const Question = z.discriminatedUnion('type', [
  z.object({ type: z.literal('begin'), input: Parsed, context: Parsed }),
  z.object({
    type: z.literal('settle'),
    step: StepId,
    iteration: z.int().min(1),
    view: View,
    answer: z.object({ action: z.string(), note: z.string().nullable(), by: Actor, edit: Parsed }),
  }),
  z.object({ type: z.literal('vouch'), step: StepId, output: Parsed }),
  z.object({
    type: z.literal('migrate'),
    from: z.int().min(1),
    values: z
      .array(z.object({ key: z.string(), step: StepId.nullable(), isLatest: z.boolean(), value: Parsed, stays: z.boolean(), fits: z.boolean(), isEdited: z.boolean() }))
      .readonly(),
  }),
  z.object({ type: z.literal('address'), step: StepId, view: View }),
])

const ticket = z.int().nonnegative()
const Ticketed = z.object({ ticket })

export const HostMessage = z.discriminatedUnion('type', [
  /** The text of a revision, once per process; `file` is where it would stand, for its imports and its stacks. */
  z.object({ type: z.literal('bundle'), revision: RevisionHash, file: z.string(), text: z.string() }),
  /** `alone` where the process holds nothing else. `smtp` where the step is an e-mail: no other process learns it. */
  Ticketed.extend({
    type: z.literal('start'),
    revision: RevisionHash,
    work: Work.extend({ view: ToldView }),
    alone: z.boolean(),
    /** The folder that programs are run in. */
    workspace: z.string(),
    smtp: SmtpSettings.nullable(),
  }),
  Ticketed.extend({ type: z.literal('ask'), revision: RevisionHash, question: Question }),
  Ticketed.extend({ type: z.literal('stop') }),
  /** Answers `effect`: whether the attempt may go on. */
  Ticketed.extend({ type: z.literal('effect'), granted: z.boolean() }),
  /** Answers `reach`: whether the attempt may, or a breaker holds it back. */
  Ticketed.extend({ type: z.literal('reach'), granted: z.boolean() }),
  z.object({ type: z.literal('ping'), count: z.int() }),
])
export type HostMessage = z.infer<typeof HostMessage>
export type StartMessage = Extract<HostMessage, { type: 'start' }>

/** What a process is to be told, whatever it has been told before. */
export type Order = Exclude<HostMessage, StartMessage> | (Omit<StartMessage, 'work'> & { readonly run: RunId; readonly work: Work })

const Result = z.discriminatedUnion('type', [
  z.object({ type: z.literal('completed'), output: Parsed, next: StepId.nullable() }),
  z.object({ type: z.literal('skipped') }),
  z.object({ type: z.literal('asked'), shown: Parsed }),
  z.object({ type: z.literal('checked'), happened: z.literal(false).nullable(), note: z.string().nullable() }),
  z.object({ type: z.literal('waits'), duration: Millis }),
  z.object({ type: z.literal('calls'), input: Parsed, context: Parsed }),
  z.object({ type: z.literal('failed'), failure: Failure }),
  z.object({ type: z.literal('held'), dependency: Dependency }),
  z.object({ type: z.literal('cut_off'), failure: Failure, own: z.boolean() }),
])

const Answer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('began'), input: Parsed, context: Parsed }),
  z.object({ type: z.literal('settled'), output: Parsed, next: StepId.nullable(), edited: Parsed }),
  z.object({ type: z.literal('vouched'), output: Parsed }),
  z.object({ type: z.literal('migrated'), changed: z.array(z.object({ key: z.string(), value: Parsed })).readonly() }),
  z.object({ type: z.literal('addressed'), recipients: z.array(z.string()).readonly() }),
  z.object({ type: z.literal('refused'), failures: z.array(Failure).readonly() }),
])

export const ExecutorMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('pong'), count: z.int() }),
  /** `clean` says, of a task that was alone, that nothing of it goes on: the process may be another's. */
  Ticketed.extend({ type: z.literal('ended'), result: Result, clean: z.boolean() }),
  Ticketed.extend({ type: z.literal('answered'), answer: Answer }),
  /** The attempt is about to touch the outside world and waits for leave. */
  Ticketed.extend({ type: z.literal('effect') }),
  /** The attempt is about to reach something outside, and waits for leave. */
  Ticketed.extend({ type: z.literal('reach'), dependency: Dependency }),
  Ticketed.extend({ type: z.literal('log'), level: LogLevel, message: z.string(), data: Parsed, program: ProgramLine.optional(), exchange: ExchangeSide.optional() }),
  Ticketed.extend({ type: z.literal('progress'), fraction: z.number().min(0).max(1), note: z.string().nullable() }),
  Ticketed.extend({ type: z.literal('heartbeat'), value: Parsed }),
  /** The process is about to end; `ticket` names whose doing it is, where that is known. */
  z.object({ type: z.literal('crashed'), ticket: ticket.nullable(), failure: Failure }),
])
export type ExecutorMessage = z.infer<typeof ExecutorMessage>

export const HostBatch = z.array(HostMessage)
export const ExecutorBatch = z.array(ExecutorMessage)

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
