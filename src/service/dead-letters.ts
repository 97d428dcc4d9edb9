import type { Letters, LetterResult } from '../contract/dead-letters.ts'
import { NotFound } from '../model/control-errors.ts'
import { type DeadLetter, likenessOf, wholeQueue } from '../model/dead-letter.ts'
import { RunId } from '../model/ids.ts'
import { CorruptionFound } from '../model/storage-errors.ts'
import { answering } from './answering.ts'
import { take } from './draining.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

/** How many of the queue are read at once. */
const page = 500

export function deadLetters({ deadLetters: procedure }: Procedures, parts: ServiceParts) {
  const { queries } = parts
  return {
    list: procedure.list.handler(async ({ input: { after = null, limit } }) => {
      const [read, { deadLetters: total }] = await Promise.all([queries.deadLetters(after, limit), queries.present()])
      return { ...read, total, most: parts.deadLetters().most }
    }),

    drain: procedure.drain.handler(async ({ input: { on, note = null, actor }, signal }) => {
      const { found, missing } = await chosen(parts, on, 'drain')
      return answering(parts, take(parts, found, missing, { action: 'recommended', note, actor }, signal))
    }),

    discard: procedure.discard.handler(async ({ input: { on, reason, actor }, signal }) => {
      const { found, missing } = await chosen(parts, on, 'discard')
      return answering(parts, take(parts, found, missing, { action: 'discard', note: reason, actor }, signal))
    }),
  }
}

interface Chosen {
  readonly found: readonly DeadLetter[]
  readonly missing: readonly LetterResult[]
}

/**
 * Of all, those that cannot be read are told of as not taken; of which like they are, nobody knows.
 * @throws NotFound where the run whose like are meant is not in the queue
 * @throws CorruptionFound where it cannot be read
 */
async function chosen(parts: ServiceParts, on: Letters, action: string): Promise<Chosen> {
  const { letters: all, damaged } = await wholeQueue((after) => parts.queries.deadLetters(after, page))
  if ('all' in on) return { found: all, missing: damaged.flatMap((id) => RunId.safeParse(id).data ?? []).map((run) => notRead(run, action)) }
  if ('like' in on) {
    if (damaged.includes(on.like)) throw new CorruptionFound('run', on.like, 'it cannot be told what it failed of')
    const same = new Set(all.flatMap((letter) => (letter.run === on.like ? [likenessOf(letter)] : [])))
    if (same.size === 0) throw new NotFound('dead letter', on.like, 'list the dead letters to see which runs stand in the queue')
    return { found: all.filter((letter) => same.has(likenessOf(letter))), missing: [] }
  }
  const there = new Set(all.map(({ run }) => run))
  const wanted = new Set(on.runs)
  const missing = [...wanted].filter((run) => !there.has(run)).map((run) => (damaged.includes(run) ? notRead(run, action) : notThere(run, action)))
  return { found: all.filter(({ run }) => wanted.has(run)), missing }
}

function notRead(run: RunId, action: string): LetterResult {
  return { type: 'result', run, step: null, action, outcome: 'unavailable', message: `run ${run} is damaged, and stays in the dead-letter queue: verify the store to see what is damaged, and what to do` }
}

function notThere(run: RunId, action: string): LetterResult {
  return { type: 'result', run, step: null, action, outcome: 'not_found', message: `run ${run} is not in the dead-letter queue: it may have been taken out of it meanwhile` }
}
