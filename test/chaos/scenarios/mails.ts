/** Mail servers that misbehave. */
import type { Scenario } from '../scenario.ts'

export const mails: readonly Scenario[] = [
  { name: 'mail: answered 451', class: 'transient', workflow: 'mails', times: 2, mail: { at: 'recipient', fault: 451 }, ends: 'recovers', by: 'retry' },
  { name: 'mail: connection cut', class: 'transient', workflow: 'mails', mail: { at: 'recipient', fault: 'drop' }, ends: 'recovers', by: 'retry' },
  { name: 'mail: no answer', class: 'timeout', workflow: 'mails', mail: { at: 'recipient', fault: 'hang' }, limit: 5_000, ends: 'recovers', by: 'retry' },
  {
    name: 'mail: answered 550',
    class: 'permanent',
    workflow: 'mails-or-else',
    ends: 'recovers',
    by: 'fallback',
    world: ['did/byHand'],
    mail: { at: 'recipient', fault: 550 },
  },
  {
    name: 'mail: cut after the text',
    class: 'transient',
    workflow: 'mails',
    ends: 'person',
    by: 'ask',
    mail: { at: 'data', fault: 'drop' },
    // Whoever looks at the server sees that it has it.
    answer: () => ({ action: 'happened', edit: sent }),
  },
]

/** What a person puts down for a mail that was found at the server. */
export const sent = { messageId: 'found', accepted: [], rejected: [], response: 'found at the server' }
