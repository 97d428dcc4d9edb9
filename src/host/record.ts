import type { Notification, Clock, Storage } from '../engine/ports.ts'
import { hostActor } from '../model/actor.ts'
import type { JournalEntry } from '../model/entry.ts'
import type { HostEvent } from '../model/event.ts'

/** Journals what happened to the workspace, and tells of it as of any entry. */
export type Record = (...events: [HostEvent, ...HostEvent[]]) => Promise<JournalEntry>

export function recorder(storage: Pick<Storage, 'record'>, clock: Pick<Clock, 'now'>, notification: Notification): Record {
  return async (...events) => {
    const entry = await storage.record({ at: clock.now(), actor: hostActor, correlation: null, run: null, events })
    notification.committed(entry, null)
    return entry
  }
}
