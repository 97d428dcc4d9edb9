/**
 * The same action on many runs.
 *
 * Invariants:
 * 1. Each run is acted on at most once, and told of once, in the order in which they finish.
 * 2. At most `atOnce` are under way or wait to be told: a reader that stops reading stops the work.
 * 3. Once the stream is closed no further run is begun. What is under way then is done, and nobody hears of it.
 */
import type { Each, EachItem, EachResult, Selection } from '../contract/each.ts'
import { Conflict, NotFound, Refused, Unavailable } from '../model/control-errors.ts'
import type { RunId } from '../model/ids.ts'
import { CorruptionFound } from '../model/storage-errors.ts'
import { onRun } from './acting.ts'
import { createBacklog } from './backlog.ts'
import type { ServiceParts } from './parts.ts'

/** How many runs are acted on at the same time. */
const atOnce = 16

type Parts = Pick<ServiceParts, 'control' | 'person' | 'troubled'>

/** What was selected, each run once. */
type Seen = ReadonlyMap<RunId, number | null>

/** Acts on each run that was selected. @throws Refused, before anything is done, where the selection does not do. */
export async function* each(parts: Parts, asked: Each, abort: AbortSignal | undefined): AsyncGenerator<EachItem, void> {
  const targets = selected(asked.on)
  const results = createBacklog<EachResult>(atOnce, abort)
  const left = targets.entries()
  let busy = 0
  let done = 0

  function beginMore(): void {
    while (busy < atOnce && abort?.aborted !== true) {
      const { value } = left.next()
      if (value === undefined) return
      const [run, seen] = value
      busy += 1
      void actOn(parts, asked, run, seen).then(results.push)
    }
  }

  yield { type: 'planned', total: targets.size }
  beginMore()
  for (let told = 0; told < targets.size; ) {
    if (!(await results.more())) return
    for (const result of results.take().items) {
      yield result
      busy -= 1
      told += 1
      if (result.outcome === 'done') done += 1
      beginMore()
    }
  }
  yield { type: 'finished', done, failed: targets.size - done }
}

function selected(on: Selection): Seen {
  const seen = new Map<RunId, number | null>()
  if ('query' in on) throw new Error('selection by query is not there yet')
  for (const { run, seen: version } of on.runs) if (!seen.has(run)) seen.set(run, version ?? null)
  return seen
}

async function actOn(parts: Parts, { action, reason, actor }: Each, run: RunId, seen: number | null): Promise<EachResult> {
  try {
    const { status } = await parts.control[action](onRun(parts, { run, seen, actor }, reason))
    return { type: 'result', run, outcome: 'done', status, message: null }
  } catch (error) {
    return { type: 'result', run, ...notDone(parts, `${action} of run ${run}`, error) }
  }
}

function notDone(parts: Parts, what: string, error: unknown): Pick<EachResult, 'outcome' | 'status' | 'message'> {
  if (error instanceof Conflict) return { outcome: 'conflict', status: error.status, message: error.message }
  if (error instanceof NotFound) return { outcome: 'not_found', status: null, message: error.message }
  if (error instanceof Refused) return { outcome: 'refused', status: null, message: wordsOf(error) }
  if (error instanceof Unavailable || error instanceof CorruptionFound) {
    return { outcome: 'unavailable', status: null, message: error.message }
  }
  parts.troubled(`${what} failed`, error)
  return { outcome: 'unavailable', status: null, message: 'the host failed to do it: see its log, then try again' }
}

function wordsOf({ message, failures }: Refused): string {
  const ways = failures.flatMap(({ wayOut }) => (wayOut === undefined ? [] : [wayOut]))
  return ways.length === 0 ? message : `${message}: ${ways.join('; ')}`
}
