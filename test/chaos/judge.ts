/** Holds what Cairn said and did in one case against what was done to it. */
import type { Instant, Millis } from '../../src/model/ids.ts'
import type { Case, Found } from './case.ts'
import { knowableAt } from './knowable.ts'

export interface Verdict {
  /** From when each that was found could be known to when it was heard of. */
  readonly detections: readonly Millis[]
  /** What was said of it though nothing was done. */
  readonly strays: readonly Found[]
  /** From when the first could be known to when the last was over; null where none is to be. */
  readonly recovery: Millis | null
  /** How it is not as it is to be; empty where it is. */
  readonly wrong: readonly string[]
}

export function judge(about: Case): Verdict {
  const left = [...about.found]
  const detections = about.injections.flatMap(({ class: as, knowable }) => {
    const at = left.findIndex((found) => found.class === as)
    const [found] = at === -1 ? [] : left.splice(at, 1)
    return found === undefined ? [] : [Math.max(0, found.at - knowable)]
  })
  return { detections, strays: left, recovery: recoveryOf(about), wrong: wrongOf(about) }
}

/** A host that was killed begins to be missed when it is. */
function recoveryOf({ scenario, injections: [first], recoveredAt }: Case): Millis | null {
  if (scenario === null || first === undefined || recoveredAt === null) return null
  const since: Instant = knowableAt(scenario, first.at)
  return Math.max(0, recoveredAt - since)
}

const statuses = { recovers: 'completed', person: 'completed', fails: 'failed', cancelled: 'cancelled' } as const

function wrongOf(about: Case): string[] {
  const { scenario, status, asked, measures, world, injections } = about
  const wanted = scenario === null ? 'completed' : statuses[scenario.ends]
  const wrong: string[] = []
  if (status !== wanted) wrong.push(`it is ${status ?? 'not there'}, not ${wanted}`)
  if (about.mails() > 1) wrong.push(`its mail arrived ${about.mails()} times`)
  if (scenario === null) return wrong
  const { by, ends, mayAsk, times = 1, workflow } = scenario
  if (ends === 'recovers' && asked > 0 && mayAsk !== true) wrong.push('a person was asked')
  if (by !== null && injections.length > 0 && !measures.has(by)) wrong.push(`nothing was done by ${by}, but by ${[...measures].join(', ') || 'nothing'}`)
  if (injections.length < times && mayAsk !== true) wrong.push(`it was to go wrong ${times} times, and did ${injections.length} times`)
  if (scenario.world !== undefined && scenario.world.join() !== world.join()) wrong.push(`the world saw ${world.join(', ') || 'nothing'}`)
  if (status === 'completed' && (workflow === 'mails' || workflow === 'journey') && about.mails() !== 1) wrong.push(`its mail arrived ${about.mails()} times`)
  return wrong
}
