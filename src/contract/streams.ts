import { z } from 'zod'
import { DecisionRecord } from '../model/decision.ts'
import { ErrorRecord } from '../model/error-record.ts'
import { JournalEntry, Position } from '../model/entry.ts'
import { Signal } from '../model/log.ts'
import { RunRecord } from '../model/run.ts'
import { AttemptRecord, StepRecord } from '../model/step.ts'
import { RunDetail } from '../model/views.ts'

/**
 * Where a stream begins: after this position of the journal. 0 is the very beginning; left out, the stream begins
 * with what is committed from now on. A position that the journal has not come to yet is refused: it is another
 * workspace's, or the store was put back to an older copy.
 */
export const after = Position.optional()

export const limit = z.int().min(1).max(1_000).default(200)

/** Always the first item: every entry after `position` follows, each once and in order. */
const opened = z.object({ type: z.literal('opened'), position: Position })

const entry = z.object({ type: z.literal('entry'), entry: JournalEntry })

/**
 * Signals come as they are said. Who asks for `recent` ones also gets those said behind `after` that the host still has
 * at hand; whatever was kept is in `runs.signals`.
 */
const signal = z.object({ type: z.literal('signal'), signal: Signal })

/** The reader was too slow for so many signals, the oldest of those that waited. Entries are never left out. */
const missed = z.object({ type: z.literal('missed'), signals: z.int().min(1) })

const SignalItem = z.discriminatedUnion('type', [signal, missed])
export type SignalItem = z.infer<typeof SignalItem>

export const JournalStreamItem = z.discriminatedUnion('type', [opened, entry])
export type JournalStreamItem = z.infer<typeof JournalStreamItem>

export const RunStreamItem = z.discriminatedUnion('type', [opened, entry, signal, missed])
export type RunStreamItem = z.infer<typeof RunStreamItem>

/**
 * The run as it is. It comes first, and again whenever the follower fell so far behind that changes are no longer at
 * hand. `signals` are the newest ones, oldest first; some may be of an attempt that only the next change tells of.
 */
const whole = z.object({ type: z.literal('whole'), detail: RunDetail, signals: z.array(Signal) })

/**
 * One transition: the run's record after it and the rows that it wrote, each to take the place of the one of its key.
 * Their versions follow one another without a gap, from the one of the `whole` before them on.
 */
const changed = z.object({
  type: z.literal('changed'),
  entry: JournalEntry,
  record: RunRecord,
  steps: z.array(StepRecord),
  attempts: z.array(AttemptRecord),
  decisions: z.array(DecisionRecord),
  errors: z.array(ErrorRecord),
})
export type RunChanged = z.infer<typeof changed>

export const FollowItem = z.discriminatedUnion('type', [whole, changed, signal, missed])
export type FollowItem = z.infer<typeof FollowItem>
