import { describe, expect, test } from 'vitest'
import { runId } from '../../test/conformance/samples.ts'
import { ManualClock } from '../../test/conformance/manual-clock.ts'
import { hostActor } from '../model/actor.ts'
import type { HostEvent } from '../model/event.ts'
import type { Failure } from '../model/failure.ts'
import { Checksum } from '../model/ids.ts'
import { type Finding, keyOf } from '../model/integrity.ts'
import type { Tell } from '../store/verify/verifier.ts'
import { Integrity } from './integrity.ts'

const interval = 30_000
const checked = { lineages: 1, values: 1, revisions: 1, runs: 1, checkpoints: 7, entries: 9, signals: 0 }
const ofNobody: Finding = { object: 'journal', key: '5', detail: 'its digest does not match', run: null, nearest: null }
const ofRun: Finding = { object: 'value', key: 'l/a', detail: 'its bytes do not have this address', run: runId(1), nearest: 3 }

/** A watch over a store in which each look finds the next of these; an error is a look that cannot be made. */
function watching(looks: (readonly Finding[] | Error)[], found: Failure | null = null, isWritten = true) {
  const clock = new ManualClock()
  const recorded: HostEvent[] = []
  const troubles: string[] = []
  const toRuns: string[] = []
  const pace = { interval }
  let told = 0
  let heard = (): void => undefined
  let known: readonly Finding[] = []
  const look = async (tell: Tell | null) => {
    const now = looks.shift()
    if (now === undefined || now instanceof Error) throw now ?? new Error('nobody asked')
    const was = known
    known = now
    await tell?.({ found: now.filter((each) => !was.includes(each)), mended: was.filter((each) => !now.includes(each)), counted: { found: [], mended: [] } })
  }
  const integrity = new Integrity({
    clock: {
      now: () => clock.now(),
      at: (instant, call) => {
        heard()
        return clock.at(instant, call)
      },
    },
    verifier: {
      check: null,
      get findings() {
        return known
      },
      patrol: look,
      verify: async (tell, progressed) => {
        progressed?.({ part: 'journal', done: 0.5, findings: 0 })
        await look(tell)
        return { findings: [...known], checked }
      },
    },
    interval: () => pace.interval,
    serves: true,
    record: async (...events) => {
      recorded.push(...events)
      return { at: 0, actor: hostActor, correlation: null, run: null, events, position: 1, digest: Checksum.parse('0'.repeat(64)) }
    },
    isWritten: () => isWritten,
    release: async (run) => {
      toRuns.push(`${run} is released`)
    },
    quarantine: async (run, damage) => {
      toRuns.push(`${run}: ${damage.message}`)
    },
    found,
    checked: () => {
      told += 1
    },
    troubled: (what, error) => troubles.push(`${what}: ${String(error)}`),
  })
  /** Does this, and waits until the look that it leads to has ended. */
  const after = (act: () => void): Promise<void> =>
    new Promise((resolve) => {
      heard = resolve
      act()
    })
  return { integrity, clock, pace, recorded, troubles, toRuns, told: () => told, after }
}

const words = (events: readonly HostEvent[]): string[] =>
  events.map((event) => (event.type === 'damage_found' || event.type === 'damage_mended' ? `${event.type} ${keyOf(event.finding)}` : event.type))

describe('a host looks at its store', () => {
  test('at once, and then an interval after the end of each look', async () => {
    const { integrity, clock, told, after } = watching([[], []])
    await after(() => integrity.begin())
    expect(told()).toBe(1)
    clock.advance(interval - 1)
    expect(told()).toBe(1)
    await after(() => clock.advance(1))
    expect(told()).toBe(2)
  })

  test('after another interval from the moment on that it is another', async () => {
    const { integrity, clock, pace, told, after } = watching([[], []])
    integrity.pace()
    expect(clock.pending).toBe(0)
    await after(() => integrity.begin())
    pace.interval = 1_000
    integrity.pace()
    expect(clock.pending).toBe(1)
    await after(() => clock.advance(1_000))
    expect(told()).toBe(2)
  })

  test('what it finds is journaled once, as an error, and so is that it was mended', async () => {
    const { integrity, clock, recorded, after } = watching([[ofNobody], [ofNobody, ofRun], [ofNobody, ofRun], [ofNobody]])
    await after(() => integrity.begin())
    expect(recorded).toMatchObject([
      { type: 'damage_found', finding: ofNobody, failure: { class: 'corruption', message: expect.stringContaining('journal 5') } },
    ])
    await after(() => clock.advance(interval))
    await after(() => clock.advance(interval))
    expect(words(recorded)).toEqual(['damage_found journal 5', `damage_found value l/a of ${runId(1)}`])
    await after(() => clock.advance(interval))
    expect(words(recorded).slice(2)).toEqual([`damage_mended value l/a of ${runId(1)}`])
    expect(integrity.findings()).toEqual([ofNobody])
  })

  test('a run that is damaged is set aside, and no other', async () => {
    const { integrity, toRuns, after } = watching([[ofNobody, ofRun]])
    await after(() => integrity.begin())
    expect(toRuns).toEqual([expect.stringMatching(`${runId(1)}: value l/a is corrupt.*nearest whole checkpoint is 3`)])
  })

  test('a run that has gone on without what is damaged is not set aside, and is let go on once nothing else is', async () => {
    const past: Finding = { ...ofRun, key: 'l/b', isPast: true }
    const { integrity, recorded, clock, toRuns, after } = watching([[past], [past, ofRun], [past]])
    await after(() => integrity.begin())
    expect(words(recorded)).toEqual([`damage_found value l/b of ${runId(1)}`])
    expect(toRuns).toEqual([])
    await after(() => clock.advance(interval))
    expect(toRuns).toEqual([expect.stringMatching(`${runId(1)}: value l/a is corrupt`)])
    await after(() => clock.advance(interval))
    expect(toRuns.slice(1)).toEqual([`${runId(1)} is released`])
  })

  test('a run whose very row is damaged is named and not set aside: that would be written there', async () => {
    const itsRow: Finding = { ...ofRun, object: 'run', key: runId(1) }
    const { integrity, recorded, toRuns, after } = watching([[itsRow]], null, false)
    await after(() => integrity.begin())
    expect(words(recorded)).toEqual([`damage_found run ${runId(1)} of ${runId(1)}`])
    expect(toRuns).toEqual([])
  })

  test('a run is set aside for its control rows before all that it can leave behind, and is not said to be whole anywhere', async () => {
    const itsRows: Finding = { ...ofRun, object: 'run', key: runId(1), detail: 'a step of it is missing' }
    const { integrity, toRuns, after } = watching([[ofRun, itsRows]])
    await after(() => integrity.begin())
    expect(toRuns).toEqual([`${runId(1)}: run ${runId(1)} is corrupt: a step of it is missing`])
  })

  test('a run goes on once nothing of it is damaged any more', async () => {
    const other: Finding = { ...ofRun, key: 'l/b' }
    const { integrity, clock, toRuns, after } = watching([[ofRun, other, ofNobody], [other, ofNobody], [ofNobody]])
    await after(() => integrity.begin())
    await after(() => clock.advance(interval))
    // It is set aside once for all that is damaged of it.
    expect(toRuns).toHaveLength(1)
    await after(() => clock.advance(interval))
    expect(toRuns.slice(1)).toEqual([`${runId(1)} is released`])
  })

  test('what its anchors said of the store when it was opened is an alarm, and a finding until a person has dealt with it', async () => {
    const found: Failure = { class: 'corruption', name: 'AnchorLost', message: 'it is gone' }
    const anchored: Finding = { object: 'journal', key: 'anchor', detail: 'it is gone', run: null, nearest: null }
    const { integrity, recorded } = watching([[], [ofNobody], [{ ...anchored, detail: 'it is gone still' }]], found)
    expect(integrity.alarms()).toEqual([found])
    expect(integrity.findings()).toEqual([anchored])
    for (const findings of [[anchored], [anchored, ofNobody], [{ ...anchored, detail: 'it is gone still' }]]) {
      expect(await integrity.verify()).toMatchObject({ findings })
      expect(integrity.findings()).toEqual(findings)
    }
    expect(words(recorded), 'what it found by itself').toEqual(['damage_found journal 5', 'damage_found journal anchor', 'damage_mended journal 5'])
  })

  test('a look that cannot be made is told of, and the next one comes all the same', async () => {
    const { integrity, clock, troubles, recorded, after } = watching([new Error('no thread'), [ofNobody]])
    await after(() => integrity.begin())
    expect(troubles).toEqual(['looking at the store: Error: no thread'])
    await after(() => clock.advance(interval))
    expect(words(recorded)).toEqual(['damage_found journal 5'])
  })

  test('closed, it looks no more', async () => {
    const { integrity, clock, after } = watching([[]])
    await after(() => integrity.begin())
    integrity.close()
    expect(clock.pending).toBe(0)
  })
})

test('a walk through everything tells how far it is, and what it finds like any look', async () => {
  const { integrity, recorded, toRuns } = watching([[ofRun]])
  const heard: number[] = []
  expect(await integrity.verify(({ done }) => heard.push(done))).toEqual({ findings: [ofRun], checked })
  expect(heard).toEqual([0.5])
  expect(words(recorded)).toEqual([`damage_found value l/a of ${runId(1)}`])
  expect(toRuns).toHaveLength(1)
})
