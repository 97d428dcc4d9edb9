/** People who refuse, and people who do not answer. */
import type { Scenario } from '../scenario.ts'

export const people: readonly Scenario[] = [
  {
    name: 'a person refuses',
    class: 'rejected',
    workflow: 'decides',
    ends: 'cancelled',
    by: null,
    answer(_asked, about) {
      about.inject()
      return { action: 'reject' }
    },
  },
  {
    name: 'nobody answers',
    class: 'expired',
    workflow: 'expires',
    limit: 1_000,
    ends: 'fails',
    by: 'fail',
    answer(_asked, about) {
      about.inject()
      return null
    },
  },
]
