import type { BreakerName, BreakerView, HeldBack } from '../../model/breaker.ts'
import { NotFound } from '../../model/control-errors.ts'
import type { Standing } from './breakers.ts'

/** So many of those that a breaker holds back are named. */
const mostNamed = 100

/** A breaker as it is shown, with what it holds back. */
export function viewOf({ name, breaker, rules, last }: Standing, held: readonly HeldBack[]): BreakerView {
  const { status, since, until, failures } = breaker
  return {
    ...name,
    status,
    since,
    until: status === 'open' ? until : null,
    failures: failures.length,
    opensAfter: rules.failures,
    last,
    held: held.slice(0, mostNamed),
    holds: held.length,
  }
}

export function noSuchBreaker({ workflow, dependency }: BreakerName): NotFound {
  return new NotFound('breaker', `${dependency} of ${workflow}`, 'list the breakers to see which there are')
}
