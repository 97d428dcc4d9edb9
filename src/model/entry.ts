import { z } from 'zod'
import { Actor } from './actor.ts'
import { HostEvent, RunEvent } from './event.ts'
import { Checksum, CorrelationId, Instant, RunId } from './ids.ts'

/** The journal's position of an entry; entries of a store are numbered without a gap from 1. */
export const Position = z.int().nonnegative()
export type Position = z.infer<typeof Position>

const written = { at: Instant, actor: Actor, correlation: CorrelationId.nullable() }

/** One committed transition: who, when, and everything that it decided. */
export const RunEntry = z.object({ ...written, run: RunId, version: z.int().nonnegative(), events: z.array(RunEvent).min(1) })
export type RunEntry = z.infer<typeof RunEntry>

export const HostEntry = z.object({ ...written, run: z.null(), events: z.array(HostEvent).min(1) })
export type HostEntry = z.infer<typeof HostEntry>

const stored = { position: Position, digest: Checksum }

/** An entry as it stands in the journal: the digest covers the entry and the digest before it. */
export const JournalEntry = z.union([RunEntry.extend(stored), HostEntry.extend(stored)])
export type JournalEntry = z.infer<typeof JournalEntry>
