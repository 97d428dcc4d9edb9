/** The statuses that a query asks for, changed in its text so that all else stays as it was written. */
import { tokensOf, type Token } from '../../../model/query/tokens.ts'

const isStatus = ({ name, not }: Token): boolean => name?.text === 'status' && !not

/** The statuses that it asks for, as they are written; none where it asks for any. */
export function statusesIn(query: string): readonly string[] {
  return tokensOf(query)
    .filter(isStatus)
    .flatMap(({ values }) => values.map(({ text }) => text.toLowerCase()))
}

/** The query, asking for any status. */
export function withoutStatus(query: string): string {
  const kept = tokensOf(query).filter((token) => !isStatus(token))
  return kept.map(({ span }) => query.slice(span.from, span.to)).join(' ')
}

/** The query, asking for these statuses and no others; for any where there are none. */
export function withStatuses(query: string, statuses: readonly string[]): string {
  const others = withoutStatus(query)
  if (statuses.length === 0) return others
  const term = `status:${statuses.join(',')}`
  return others === '' ? term : `${term} ${others}`
}
