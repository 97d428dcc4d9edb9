import { setTimeout } from 'node:timers/promises'
import type { Client } from '../client/client.ts'
import { counted } from '../model/counted.ts'
import type { Millis } from '../model/ids.ts'

/** How the workspace stands, for whoever sees no window of it. */
export interface Standing {
  /** Runs that go on by themselves, or wait for a place. */
  readonly underWay: number
  /** What needs a person. */
  readonly attention: number
}

/** From one look to the next at least. */
const pace: Millis = 1_000

/**
 * Tells how the workspace stands, and again after what has changed, until the signal aborts. What the host does not answer is
 * asked again with its next news.
 */
export async function followStanding({ api, watchNews }: Pick<Client, 'api' | 'watchNews'>, signal: AbortSignal, tell: (standing: Standing) => void): Promise<void> {
  let isLooking = false
  let hasChanged = false
  const news = watchNews({ signal })
  while ((await news.next()).done !== true) {
    hasChanged = true
    if (!isLooking) void look()
  }

  async function look(): Promise<void> {
    isLooking = true
    while (hasChanged && !signal.aborted) {
      hasChanged = false
      try {
        const [{ byStatus }, { items, moreDecisions }] = await Promise.all([api.metrics.now(), api.attention.list({})])
        const underWay = byStatus.queued + byStatus.running + byStatus.compensating
        if (!signal.aborted) tell({ underWay, attention: items.length + moreDecisions })
      } catch {
        // The connection is lost, and comes back with news.
      }
      await setTimeout(pace, undefined, { signal }).catch(() => undefined)
    }
    isLooking = false
  }
}

export function standingInWords({ underWay, attention }: Standing): string {
  const runs = underWay === 0 ? 'no run under way' : underWay === 1 ? '1 run under way' : `${underWay} runs under way`
  return attention === 0 ? runs : `${runs}, ${counted(attention, 'needs', 'need')} you`
}
