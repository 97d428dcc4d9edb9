import type { Signal } from '../model/log.ts'

/** How much of a line tells it from another of the same millisecond: less than the store cuts a long one to. */
const telling = 1_000

/**
 * The newest signals, oldest first, of those that the store kept and those at hand, some of which it may have written
 * already. Of an attempt's progress and heartbeats only the last stands, as in the store.
 */
export function newestSignals(kept: readonly Signal[], atHand: readonly Signal[], most: number): Signal[] {
  const all = [...kept, ...unwritten(kept, atHand)].toSorted((a, b) => a.at - b.at)
  const last = new Map(all.map((signal) => [speakerOf(signal), signal]))
  return all.filter((signal) => signal.type === 'log' || last.get(speakerOf(signal)) === signal).slice(-most)
}

/** An attempt may say the same twice within a millisecond: it is not how often that counts, but how often beyond `kept`. */
function unwritten(kept: readonly Signal[], atHand: readonly Signal[]): Signal[] {
  const written = new Map<string, number>()
  for (const signal of kept) written.set(keyOf(signal), (written.get(keyOf(signal)) ?? 0) + 1)
  return atHand.filter((signal) => {
    const left = written.get(keyOf(signal)) ?? 0
    written.set(keyOf(signal), left - 1)
    return left <= 0
  })
}

function speakerOf({ branch, step, iteration, attempt, type }: Signal): string {
  return [branch, step, iteration, attempt, type].join('/')
}

function keyOf(signal: Signal): string {
  return [speakerOf(signal), signal.at, signal.type === 'log' ? signal.message.slice(0, telling) : ''].join('/')
}
