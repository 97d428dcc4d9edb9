import { z } from 'zod'
import { ExchangeSide } from './http.ts'
import { CorrelationId, Instant, RunId, StepId } from './ids.ts'
import { Json } from './json.ts'
import { ProgramLine } from './program.ts'

export const LogLevel = z.enum(['debug', 'info', 'warn', 'error'])
export type LogLevel = z.infer<typeof LogLevel>

const from = {
  run: RunId,
  branch: z.int().nonnegative(),
  step: StepId,
  iteration: z.int().min(1),
  attempt: z.int().min(1),
  correlation: CorrelationId,
  at: Instant,
}

/**
 * What an attempt says while it runs. Signals are not transitions: they are pushed at once and written later,
 * and a crash may lose their last second; of a step that makes something sensitive, all that its attempt had said.
 */
export const Signal = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('log'),
    ...from,
    level: LogLevel,
    message: z.string(),
    data: Json.nullable(),
    /** Set where the line is of a program that the step runs. */
    program: ProgramLine.optional(),
    /** Set where the line is of a request that the step sends: its data is what is shown of that side. */
    exchange: ExchangeSide.optional(),
  }),
  z.object({ type: z.literal('progress'), ...from, fraction: z.number().min(0).max(1), note: z.string().nullable() }),
  z.object({ type: z.literal('heartbeat'), ...from, value: Json }),
])
export type Signal = z.infer<typeof Signal>
export type Heartbeat = Extract<Signal, { type: 'heartbeat' }>
