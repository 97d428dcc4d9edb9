import type { Clock } from '../engine/ports.ts'

/**
 * A timer looks at the clock again at least this often, in milliseconds: the machine may have slept, somebody may have
 * set the clock, and Node's own timers end at 2^31 ms.
 */
const longestWait = 60_000

/** The time of this machine. A timer never fires early, and is late by at most `longestWait` when the clock is moved. */
export const systemClock: Clock = {
  now: () => Date.now(),

  at(instant, call) {
    let timer = setTimeout(look, waitFor(instant))
    function look(): void {
      if (Date.now() >= instant) call()
      else timer = setTimeout(look, waitFor(instant))
    }
    return () => clearTimeout(timer)
  },
}

/** Milliseconds, with fractions, since this process began; setting the machine's clock does not move it. */
export const systemElapsed = (): number => performance.now()

function waitFor(instant: number): number {
  return Math.min(Math.max(instant - Date.now(), 0), longestWait)
}
