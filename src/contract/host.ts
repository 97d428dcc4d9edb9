import { z } from 'zod'
import { Position } from '../model/entry.ts'
import { Failure } from '../model/failure.ts'
import { Instant, RunId, WorkflowName } from '../model/ids.ts'
import { procedure } from './procedure.ts'

const tags = ['host']

/** What the host found unfinished when it started: what goes on by itself, what only a person moves, and what failed. */
export const Recovery = z.object({
  recovered: z.array(z.object({ run: RunId, workflow: WorkflowName, interrupted: z.int().nonnegative() })),
  /** `wayOut` is what may be done about one that is set aside; null of any other. */
  waiting: z.array(z.object({ run: RunId, workflow: WorkflowName, why: z.string(), wayOut: z.string().nullable() })),
  /** `run` is what stands for the id of one whose row is damaged. */
  failed: z.array(z.object({ run: z.string(), reason: z.string() })),
})
export type Recovery = z.infer<typeof Recovery>

/** Where mail of this workspace goes; credentials are never told. */
const MailRoute = z.discriminatedUnion('to', [
  z.object({ to: z.literal('catcher'), smtp: z.string(), pop3: z.string().nullable() }),
  z.object({ to: z.literal('server'), smtp: z.string() }),
  z.object({ to: z.literal('nowhere') }),
])

/** Where the key of a store comes from. */
export const KeySource = z.enum(['file', 'environment', 'keychain'])
export type KeySource = z.infer<typeof KeySource>

export const HostInfo = z.object({
  version: z.string(),
  workspace: z.string(),
  /** It only shows the store: nothing can be changed here. */
  looks: z.boolean(),
  pid: z.int(),
  startedAt: Instant,
  /** The newest position of the journal. */
  position: Position,
  recovery: Recovery,
  /** The gravest of what is wrong with the store as a whole: until a person has dealt with it, or, where it cannot be written, until it can be. */
  alarm: Failure.nullable(),
  /** Why the host's log cannot be written; null where it can. */
  unlogged: Failure.nullable(),
  /** Which key the store is encrypted with, since when, and where that comes from; null where it is not encrypted. */
  encryption: z.object({ fingerprint: z.string(), since: Instant, source: KeySource }).nullable(),
  mail: MailRoute,
  /** Null where this host runs no workflow code. */
  executors: z
    .object({
      processes: z.object({ shared: z.int(), isolated: z.int() }),
      running: z.int(),
      queued: z.int(),
    })
    .nullable(),
})
export type HostInfo = z.infer<typeof HostInfo>

export const host = {
  info: procedure
    .route({ method: 'GET', path: '/host', tags, summary: 'Which host this is, and how it stands' })
    .output(HostInfo),

  health: procedure
    .route({ method: 'GET', path: '/health', tags, summary: 'Answers while the host works' })
    .output(z.object({ status: z.literal('ok'), position: Position })),
}
