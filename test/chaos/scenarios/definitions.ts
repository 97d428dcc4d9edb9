/** Handlers that throw, answer what they must not, or lead round in circles. */
import type { Scenario } from '../scenario.ts'

const booked = ['did/book', 'did/pay'] as const

export const definitions: readonly Scenario[] = [
  { name: 'handler throws', class: 'transient', workflow: 'throws', times: 3, ends: 'recovers', by: 'retry' },
  { name: 'program ends with 75', class: 'transient', workflow: 'program', ends: 'recovers', by: 'retry' },
  { name: 'child run fails', class: 'transient', workflow: 'parent', ends: 'recovers', by: 'retry' },
  { name: 'output refused', class: 'validation', workflow: 'invalid', ends: 'recovers', by: 'fallback' },
  {
    name: 'fails, rolled back',
    class: 'permanent',
    workflow: 'rolls-back',
    ends: 'recovers',
    by: 'rollback',
    world: [...booked, 'undid/pay', 'undid/book', ...booked, 'did/ship'],
  },
  {
    name: 'fails, undone',
    class: 'permanent',
    workflow: 'undone',
    times: 2,
    ends: 'fails',
    by: 'fail',
    world: [...booked, 'undid/pay', 'undid/book'],
  },
  {
    name: 'fails of what it was given',
    class: 'permanent',
    workflow: 'stale',
    ends: 'recovers',
    by: 'restart_from_checkpoint',
    world: ['did/fetch', 'did/fetch'],
  },
  { name: 'fails, begins anew', class: 'permanent', workflow: 'afresh', ends: 'recovers', by: 'restart', world: ['did/fetch', 'did/fetch'] },
  {
    name: 'a person sends it back',
    class: 'permanent',
    workflow: 'stale-asks',
    ends: 'person',
    by: 'restore',
    world: ['did/fetch', 'did/fetch'],
    answer: () => ({ action: 'restore' }),
  },
  {
    name: 'a person ends it',
    class: 'permanent',
    workflow: 'person',
    ends: 'cancelled',
    by: 'cancel',
    answer(_asked, about) {
      about.inject('rejected')
      return { action: 'cancel' }
    },
  },
  { name: 'a person is asked', class: 'permanent', workflow: 'person', ends: 'person', by: 'ask', answer: () => ({ action: 'retry' }) },
  { name: 'queued for later', class: 'permanent', workflow: 'later', ends: 'person', by: 'dead_letter', answer: () => ({ action: 'retry' }) },
  { name: 'two wait for one another', class: 'deadlock', workflow: 'crossing', ends: 'recovers', by: 'give_way', alone: true },
  { name: 'circle of seven', class: 'loop', workflow: 'circle', ends: 'fails', by: 'fail' },
  { name: 'circle of one, asked about', class: 'loop', workflow: 'circle-asks', ends: 'person', by: 'ask', answer: () => ({ action: 'go-on' }) },
  { name: 'loop beyond its bound', class: 'loop_limit', workflow: 'bound', ends: 'fails', by: 'fail' },
]
