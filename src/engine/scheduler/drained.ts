import type { Clock } from '../ports.ts'
import type { RunActor } from './run-actor.ts'

/** How long closing waits for effects that are under way, in milliseconds. */
const drainLimit = 5_000

/** An effect under way is given a while to end: cut off, it would be in doubt. */
export async function drained(actors: Iterable<RunActor>, clock: Clock): Promise<void> {
  const { promise: tooLong, resolve } = Promise.withResolvers<void>()
  const disarm = clock.at(clock.now() + drainLimit, resolve)
  await Promise.race([Promise.all([...actors].map((actor) => actor.drain())), tooLong])
  disarm()
}
