/** Processes that die, hang, and take more than they may; and deadlines that pass. */
import type { Scenario } from '../scenario.ts'
import { unresponsive } from '../knowable.ts'

const ofTime = { class: 'timeout', limit: 2_000, ends: 'recovers' } as const
const crashes = { class: 'crash', ends: 'recovers', by: 'retry' } as const

/** The one device that is always full. */
const fillsDisk: Scenario = { name: "a step's disk is full", class: 'resource', workflow: 'fills', times: 2, ends: 'recovers', by: 'wait_for_resource' }

export const processes: readonly Scenario[] = [
  { ...crashes, name: 'process ends itself', workflow: 'exits', times: 2 },
  { ...crashes, name: 'process killed', workflow: 'sits', times: 2, hand: 'kill' },
  { ...crashes, name: 'loop among others', workflow: 'spins-among-others', limit: unresponsive, alone: true },
  { ...crashes, name: 'killed in an effect, with a check', workflow: 'checked', by: 'check', world: ['did/pay'] },
  {
    name: 'killed in an effect',
    class: 'crash',
    workflow: 'doubtful',
    ends: 'person',
    by: 'ask',
    world: ['did/pay'],
    answer: (_asked, { world }) => (world.includes('did/pay') ? { action: 'happened' } : { action: 'did-not-happen' }),
  },
  { ...ofTime, name: 'too slow', workflow: 'slow', times: 2, by: 'retry' },
  { ...ofTime, name: 'child run too slow', workflow: 'outlasts', by: 'end_child' },
  { ...ofTime, name: 'too slow, given more time', workflow: 'longer', by: 'longer_timeout' },
  { ...ofTime, name: 'endless loop', workflow: 'spins', by: 'retry' },
  { ...ofTime, name: 'no heartbeat', workflow: 'silent', by: 'retry' },
  { ...ofTime, name: 'process frozen', workflow: 'freezes', hand: 'freeze', by: 'retry' },
  { ...ofTime, name: 'run too long', workflow: 'overruns', limit: 3_000, ends: 'fails', by: 'fail', world: ['did/book', 'undid/book'] },
  { name: 'too much memory', class: 'resource', workflow: 'memory', ends: 'recovers', by: 'wait_for_resource' },
  { name: 'too much processor time', class: 'resource', workflow: 'burns', ends: 'recovers', by: 'wait_for_resource' },
  ...(process.platform === 'linux' ? [fillsDisk] : []),
  { name: 'heap exhausted', class: 'resource', workflow: 'heap', hand: 'await', ends: 'recovers', by: 'wait_for_resource' },
]
