/** Which rows of `error` a query asks for, as SQL: the one condition that lists, details and figures share. */
import type { ErrorQuery } from '../../../model/error-query.ts'

/** What follows from another error is told with that one's run, not beside it. `time` is the column that the range is of. */
export function matching(time: 'at' | 'opened_at'): string {
  return `follows = 0 AND ${time} >= :since AND (:until IS NULL OR ${time} < :until)
    AND (:class IS NULL OR class = :class) AND (:workflow IS NULL OR workflow = :workflow) AND (:status IS NULL OR status = :status)`
}

/** The query as its statement takes it: whatever else stands in it would be refused. */
export function bound({ since, until, class: of, workflow, status }: ErrorQuery): ErrorQuery {
  return { since, until, class: of, workflow, status }
}
