/**
 * The same action on many runs.
 *
 * Invariants:
 * 1. Each run is acted on at most once, and told of once, in the order in which they finish.
 * 2. At most `atOnce` are under way or wait to be told: a reader that stops reading stops the work.
 * 3. Once the stream is closed no further run is begun. What is under way then is done, and nobody hears of it.
 */
import { type Each, type EachItem, type EachResult, mostRuns, type Selection } from '../contract/each.ts'
import { Refused } from '../model/control-errors.ts'
import type { RunId } from '../model/ids.ts'
import { onRun } from './acting.ts'
import { createBacklog } from './backlog.ts'
import { notDone } from './not-done.ts'
import type { ServiceParts } from './parts.ts'
import { runQuery } from './run-query.ts'

/** How many runs are acted on at the same time. */
const atOnce = 16

export type EachParts = Pick<ServiceParts, 'control' | 'search' | 'clock' | 'person' | 'troubled'>

/** The runs that were selected, and the version at which each was. */
export type Selected = ReadonlyMap<RunId, number | null>

/** Acts on each run that was selected, and tells what became of it. */
export async function* each(
  parts: EachParts,
  asked: Pick<Each, 'action' | 'reason' | 'actor'>,
  targets: Selected,
  abort: AbortSignal | undefined,
): AsyncGenerator<EachItem, void> {
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

/** The runs to act on, each once. @throws Refused where a query does not parse or finds too many */
export async function select({ search, clock }: EachParts, on: Selection): Promise<Selected> {
  if ('runs' in on) return firstMentions(on.runs)
  const found = await search.matching(runQuery(on, clock))
  if (found.length > mostRuns) throw tooMany(found.length)
  return new Map(found.map(({ run, version }) => [run, version]))
}

function firstMentions(runs: Extract<Selection, { readonly runs: unknown }>['runs']): Selected {
  const seen = new Map<RunId, number | null>()
  for (const { run, seen: version = null } of runs) if (!seen.has(run)) seen.set(run, version)
  return seen
}

function tooMany(count: number): Refused {
  const message = `the query finds ${count} runs, and one call takes ${mostRuns} at most`
  const wayOut = 'narrow the query, for example by when the runs started, and act on one part after the other'
  return new Refused(message, [{ class: 'validation', name: 'TooMany', message, wayOut, path: 'on.query' }])
}

async function actOn(
  parts: EachParts,
  { action, reason, actor }: Pick<Each, 'action' | 'reason' | 'actor'>,
  run: RunId,
  seen: number | null,
): Promise<EachResult> {
  try {
    const { status } = await parts.control[action](onRun(parts, { run, seen, actor }, reason))
    return { type: 'result', run, outcome: 'done', status, message: null }
  } catch (error) {
    return { type: 'result', run, ...notDone(parts, `${action} of run ${run}`, error) }
  }
}
