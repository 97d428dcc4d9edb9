/** What the log of an attempt tells of the requests that it sent. */
import { type HttpAnswerShown, type HttpRequestShown, HttpShown } from '../../../../model/http.ts'
import type { Instant } from '../../../../model/ids.ts'
import type { Log } from '../../../widgets/logs/merge-logs.ts'

/** One side: the line that tells of it, and what it was, undefined where that was too much to be kept or is hidden. */
interface Side<Shown> {
  readonly at: Instant
  readonly line: string
  readonly shown: Shown | undefined
}

export interface Exchange {
  readonly request: Side<HttpRequestShown>
  /** Undefined as long as there is none. */
  readonly answer: Side<HttpAnswerShown> | undefined
}

/** The request and what it was redirected to, in their order. `logs` are of one attempt, oldest first. */
export function exchangesOf(logs: readonly Log[]): readonly Exchange[] {
  const found: Exchange[] = []
  for (const { exchange, at, message: line, data } of logs) {
    const { data: shown } = HttpShown.safeParse(data)
    if (exchange === 'request') found.push({ request: { at, line, shown: shown?.http === 'request' ? shown : undefined }, answer: undefined })
    const last = found.at(-1)
    if (exchange !== 'answer' || last === undefined) continue
    found[found.length - 1] = { ...last, answer: { at, line, shown: shown?.http === 'answer' ? shown : undefined } }
  }
  return found
}
