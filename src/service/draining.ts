/**
 * Taking runs out of the dead-letter queue, a few at a time.
 *
 * Invariants:
 * 1. What is taken is settled before the first: a run that comes back to the queue is not taken again.
 * 2. At most `at_once` are under way, and no two begin within `every` of each other.
 * 3. Each is told of once, when it is known what became of it. Once the stream is closed no further one is begun; what is under way goes on, and
 *    nobody hears of it.
 */
import type { LetterItem, LetterResult } from '../contract/dead-letters.ts'
import { type DeadLetter, drainsBy, type LetterOutcome } from '../model/dead-letter.ts'
import type { Position } from '../model/entry.ts'
import type { RunEvent } from '../model/event.ts'
import { onRun } from './acting.ts'
import { createBacklog } from './backlog.ts'
import { notDone } from './not-done.ts'
import type { ServiceParts } from './parts.ts'
import { runStream } from './streams.ts'

export type DrainParts = Pick<ServiceParts, 'control' | 'queries' | 'feed' | 'clock' | 'person' | 'troubled' | 'deadLetters'>

/** What is to be done about each: what is recommended for it, or the one thing for all. */
export interface Taking {
  readonly action: 'discard' | 'recommended'
  readonly note: string | null
  readonly actor?: string | undefined
}

/** Takes each out of the queue; `missing` are told of at once, since they do not stand in it. */
export async function* take(
  parts: DrainParts,
  letters: readonly DeadLetter[],
  missing: readonly LetterResult[],
  taking: Taking,
  abort: AbortSignal | undefined,
): AsyncGenerator<LetterItem, void> {
  const { clock } = parts
  const { at_once: atOnce, every } = parts.deadLetters()
  const results = createBacklog<LetterResult>(atOnce, abort)
  const left = letters.values()
  const outcomes: Partial<Record<LetterOutcome, number>> = {}
  let busy = 0
  let nextAt = clock.now()
  let disarm: (() => void) | undefined

  function beginMore(): void {
    while (busy < atOnce && disarm === undefined && abort?.aborted !== true) {
      if (clock.now() < nextAt) {
        disarm = clock.at(nextAt, paced)
        return
      }
      const { value } = left.next()
      if (value === undefined) return
      busy += 1
      nextAt = clock.now() + every
      void takeOne(parts, value, taking, abort).then(results.push)
    }
  }

  function paced(): void {
    disarm = undefined
    beginMore()
  }

  function counted(result: LetterResult): LetterResult {
    outcomes[result.outcome] = (outcomes[result.outcome] ?? 0) + 1
    return result
  }

  yield { type: 'planned', total: letters.length + missing.length }
  for (const result of missing) yield counted(result)
  try {
    beginMore()
    for (let told = 0; told < letters.length; ) {
      if (!(await results.more())) return
      for (const result of results.take().items) {
        yield counted(result)
        busy -= 1
        told += 1
        beginMore()
      }
    }
    yield { type: 'finished', outcomes }
  } finally {
    disarm?.()
  }
}

async function takeOne(parts: DrainParts, letter: DeadLetter, { action: wanted, note, actor }: Taking, abort: AbortSignal | undefined): Promise<LetterResult> {
  const { run, decision } = letter
  const action = wanted === 'discard' ? wanted : drainsBy(letter)
  const told = { type: 'result', run, step: decision.step, action } as const
  const from = parts.feed.head()
  try {
    // Which question is answered is fence enough: another of the same run may be answered beside it.
    await parts.control.decide({ ...onRun(parts, { run, actor }, note), decision: decision.id, action, edit: null })
    return { ...told, outcome: wanted === 'discard' ? 'discarded' : await becameOf(parts, letter, from, abort), message: null }
  } catch (error) {
    const { status: _, ...why } = notDone(parts, `${action} of run ${run}`, error)
    return { ...told, ...why }
  }
}

/** Resolves once it is known, or as `withdrawn` where nobody waits for it any more. */
async function becameOf({ feed, queries }: DrainParts, letter: DeadLetter, from: Position, abort: AbortSignal | undefined): Promise<LetterOutcome> {
  for await (const item of runStream({ feed, queries }, letter.run, from, { recent: false, abort })) {
    if (item.type !== 'entry' || item.entry.run === null) continue
    for (const event of item.entry.events) {
      const outcome = outcomeIn(event, letter)
      if (outcome !== undefined) return outcome
    }
  }
  return 'withdrawn'
}

function outcomeIn(event: RunEvent, { decision, error }: DeadLetter): LetterOutcome | undefined {
  switch (event.type) {
    case 'error_closed':
      return event.id === error?.id ? event.status : undefined
    case 'decision_opened': {
      const { id, step, kind } = event.decision
      if (step !== decision.step || id === decision.id) return undefined
      return kind === 'dead_letter' ? 'requeued' : 'asks'
    }
    case 'run_quarantined':
      return 'failed'
    default:
      return undefined
  }
}
