import type { Letters, LetterResult } from '../contract/dead-letters.ts'
import { NotFound } from '../model/control-errors.ts'
import { type DeadLetter, type DeadLetterPlace, likenessOf } from '../model/dead-letter.ts'
import type { RunId } from '../model/ids.ts'
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
      const [letters, { deadLetters: total }] = await Promise.all([queries.deadLetters(after, limit), queries.present()])
      return { letters: [...letters], next: letters.length < limit ? null : placeOf(letters), total, most: parts.deadLetters().most }
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

/** @throws NotFound where the run whose like are meant is not in the queue */
async function chosen(parts: ServiceParts, on: Letters, action: string): Promise<Chosen> {
  const all = await whole(parts)
  if ('all' in on) return { found: all, missing: [] }
  if ('like' in on) {
    const same = new Set(all.flatMap((letter) => (letter.run === on.like ? [likenessOf(letter)] : [])))
    if (same.size === 0) throw new NotFound('dead letter', on.like, 'list the dead letters to see which runs stand in the queue')
    return { found: all.filter((letter) => same.has(likenessOf(letter))), missing: [] }
  }
  const there = new Set(all.map(({ run }) => run))
  const wanted = new Set(on.runs)
  return { found: all.filter(({ run }) => wanted.has(run)), missing: [...wanted].flatMap((run) => (there.has(run) ? [] : [notThere(run, action)])) }
}

function notThere(run: RunId, action: string): LetterResult {
  return { type: 'result', run, step: null, action, outcome: 'not_found', message: `run ${run} is not in the dead-letter queue: it may have been taken out of it meanwhile` }
}

/** The whole queue as it is now, what has stood longest first. */
async function whole({ queries }: ServiceParts): Promise<readonly DeadLetter[]> {
  const all: DeadLetter[] = []
  for (let after: DeadLetterPlace | null = null; ; ) {
    const letters: readonly DeadLetter[] = await queries.deadLetters(after, page)
    all.push(...letters)
    after = letters.length < page ? null : placeOf(letters)
    if (after === null) return all
  }
}

function placeOf(letters: readonly DeadLetter[]): DeadLetterPlace | null {
  const last = letters.at(-1)?.decision
  return last === undefined ? null : { at: last.openedAt, id: last.id }
}
