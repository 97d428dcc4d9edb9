import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../test/conformance/manual-clock.ts'
import type { HostEvent } from '../model/event.ts'
import type { Failure } from '../model/failure.ts'
import { Checksum } from '../model/ids.ts'
import { hostActor } from '../model/actor.ts'
import type { Verification } from '../store/verify/verify-store.ts'
import { Integrity } from './integrity.ts'

const hour = 3_600_000
const checked = { lineages: 1, values: 1, revisions: 1, runs: 1, checkpoints: 7, entries: 9, signals: 0 }
const whole: Verification = { findings: [], checked }
const damaged = (...keys: string[]): Verification => ({
  findings: keys.map((key) => ({ object: 'checkpoint', key, detail: 'its checksum does not match' })),
  checked,
})

/** A watch over a store that is found to be each of these, one check after the other. */
function watching(answers: (Verification | Error)[], found: Failure | null = null) {
  const clock = new ManualClock()
  const recorded: HostEvent[] = []
  const troubles: string[] = []
  const told: (number | undefined)[] = []
  let heard = (): void => undefined
  const integrity = new Integrity({
    clock: {
      now: () => clock.now(),
      at: (instant, call) => {
        heard()
        return clock.at(instant, call)
      },
    },
    verify: async () => {
      const answer = answers.shift()
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('nobody asked')
      return answer
    },
    record: async (...events) => {
      recorded.push(...events)
      return { at: 0, actor: hostActor, correlation: null, run: null, events, position: 1, digest: Checksum.parse('0'.repeat(64)) }
    },
    found,
    checked: () => told.push(integrity.latest()?.findings),
    troubled: (what, error) => troubles.push(`${what}: ${String(error)}`),
  })
  /** Does this, and waits until the check that it leads to has ended. */
  const after = (act: () => void): Promise<void> =>
    new Promise((resolve) => {
      heard = resolve
      act()
    })
  return { integrity, clock, recorded, troubles, told, after }
}

describe('a host checks its store', () => {
  test('at once, and then an hour after the end of each check', async () => {
    const { integrity, clock, recorded, after } = watching([whole, whole])
    expect(integrity.latest()).toBeNull()
    await after(() => integrity.begin())
    expect(integrity.latest()).toEqual({ checkedAt: clock.now(), checkpoints: 7, findings: 0 })
    const first = clock.now()
    clock.advance(hour - 1)
    expect(integrity.latest()?.checkedAt).toBe(first)
    await after(() => clock.advance(1))
    expect(integrity.latest()?.checkedAt).toBe(first + hour)
    expect([recorded, integrity.alarms()]).toEqual([[], []])
  })

  test('what it finds is an alarm, journaled once, until it is found no more', async () => {
    const { integrity, clock, recorded, after } = watching([damaged('r/1', 'r/2'), damaged('r/1', 'r/2'), damaged('r/2'), whole])
    await after(() => integrity.begin())
    expect(integrity.latest()?.findings).toBe(2)
    const [alarm] = integrity.alarms()
    expect(alarm).toMatchObject({ class: 'corruption', message: 'checkpoint r/1: its checksum does not match, and 1 more' })
    expect(recorded).toEqual([{ type: 'integrity_alarm', failure: alarm }])
    await after(() => clock.advance(hour))
    expect(recorded).toHaveLength(1)
    await after(() => clock.advance(hour))
    expect(recorded).toHaveLength(2)
    await after(() => clock.advance(hour))
    expect([integrity.alarms(), recorded.length]).toEqual([[], 2])
  })

  test('the end of each check is told, once what it found can be asked for', async () => {
    const { integrity, clock, told, after } = watching([whole, new Error('no thread'), damaged('r/1')])
    await after(() => integrity.begin())
    await after(() => clock.advance(hour))
    await after(() => clock.advance(hour))
    expect(told).toEqual([0, 1])
  })

  test('what was wrong when the store was opened stays an alarm', async () => {
    const found: Failure = { class: 'corruption', name: 'AnchorLost', message: 'it is gone' }
    const { integrity, after } = watching([damaged('r/1')], found)
    expect(integrity.alarms()).toEqual([found])
    await after(() => integrity.begin())
    expect(integrity.alarms().map(({ name }) => name)).toEqual(['AnchorLost', 'StoreDamaged'])
  })

  test('a check that cannot be made is told of, and the next one comes all the same', async () => {
    const { integrity, clock, troubles, after } = watching([new Error('no thread'), whole])
    await after(() => integrity.begin())
    expect(troubles).toEqual(['checking the store: Error: no thread'])
    expect(integrity.latest()).toBeNull()
    await after(() => clock.advance(hour))
    expect(integrity.latest()).toMatchObject({ findings: 0 })
  })

  test('closed, it checks no more', async () => {
    const { integrity, clock, after } = watching([whole])
    await after(() => integrity.begin())
    integrity.close()
    expect(clock.pending).toBe(0)
  })
})
