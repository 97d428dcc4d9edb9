/** A fault of the store passes: what it did not do is tried again until it does (ADR 0028). Damage stays, and is for whoever asked. */
import type { Millis } from '../../model/ids.ts'
import { CorruptionFound, StorageError } from '../../model/storage-errors.ts'
import type { Ports } from '../ports.ts'

/** How long to wait before something is tried again, in milliseconds: twice as long each time, up to the last. */
export const retryDelay = { first: 250, last: 4_000 }

export interface Waiting {
  readonly ports: Pick<Ports, 'clock' | 'notification'>
  /** What could not be done, for whoever is told of that. */
  readonly what: string
  /** Aborted once nobody waits for it any more. */
  readonly over: AbortSignal
}

/** Does the work once the store lets it. @throws whatever `work` throws beside that; the fault itself once nobody waits any more */
export async function waitedOut<T>({ ports, what, over }: Waiting, work: () => Promise<T>): Promise<T> {
  for (let delay = retryDelay.first; ; delay = Math.min(2 * delay, retryDelay.last)) {
    try {
      return await work()
    } catch (error) {
      if (!mayPass(error) || over.aborted) throw error
      if (delay === retryDelay.first) ports.notification.troubled(`${what} and is tried until it is`, error)
      await passed(ports.clock, delay, over)
      if (over.aborted) throw error
    }
  }
}

/** Whether the store may do another time what it did not do now. */
export function mayPass(error: unknown): error is StorageError {
  return error instanceof StorageError && !(error instanceof CorruptionFound)
}

/** Resolves once so much time has passed, or nobody waits for that any more. */
export function passed(clock: Ports['clock'], millis: Millis, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (over.aborted) return resolve()
    const disarm = clock.at(clock.now() + millis, done)
    over.addEventListener('abort', done)
    function done(): void {
      disarm()
      over.removeEventListener('abort', done)
      resolve()
    }
  })
}
