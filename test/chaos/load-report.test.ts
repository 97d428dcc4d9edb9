/** What `npm run load` says of a load, and that it would say so where one of its goals is missed. */
import { expect, test } from 'vitest'
import { slopePerHour } from '../../bench/load/memory.ts'
import { type Load, report } from '../../bench/load/report.ts'
import type { Ran } from '../../bench/load/runs-in-flight.ts'
import { RunId } from '../../src/model/ids.ts'

const run = RunId.parse('0'.repeat(26))
const ran: readonly Ran[] = Array.from({ length: 1_000 }, (_, number) => ({ run, to: `reader-${number}@example.com`, status: 'completed', took: number }))
const well: Load = {
  ran,
  mails: ran.map(({ to }) => ({ to: [to] })),
  answers: new Map([['approve', 1_000]]),
  refusals: [],
  samples: [0, 1, 2, 3, 4, 5].map((hour) => ({ at: hour * 3_600_000, host: 200 + 3 * hour, executors: 800, processes: 5 })),
  damages: [],
  alarms: [],
  load: [1, 2],
}
const missedBy = (spoilt: Partial<Load>): readonly string[] => report({ ...well, ...spoilt }).missed
const but = (index: number, more: Partial<Ran>): readonly Ran[] => ran.with(index, { ...(ran[index] ?? { run, to: '', status: 'queued', took: 0 }), ...more })

test('a load in which all went well meets every goal, and has its figures', () => {
  const { figures, missed } = report(well)
  expect(missed).toEqual([])
  expect(figures).toMatchObject({ runs: 1_000, endedWell: 1_000, seconds: { p95: 0.949, max: 0.999 } })
  expect(figures.memory.host.perHour).toBeCloseTo(3)
  expect(figures.memory.executors.perHour).toBeCloseTo(0)
})

test('one run of a thousand may end badly, two may not', () => {
  const one = but(0, { status: 'failed' })
  const mails = ran.slice(2).map(({ to }) => ({ to: [to] }))
  expect(missedBy({ ran: one, mails: [...mails, { to: ['reader-1@example.com'] }] })).toEqual([])
  expect(missedBy({ ran: one.with(1, { run, to: 'reader-1@example.com', status: 'failed', took: 1 }), mails })).toEqual([
    '99.80 % ended well',
    ...Array(2).fill(`run ${run} is failed`),
  ])
})

test('of a thousand runs that nothing was done to one may have an error, two may not', () => {
  expect(missedBy({ alarms: [{ count: 1, says: 'it was slow' }] })).toEqual([])
  expect(missedBy({ alarms: [{ count: 2, says: 'it was slow' }] })).toEqual(['2 times: it was slow'])
})

test('a mail that is missing, came twice, or is of no run misses its goal, and so does one run in ten that takes too long', () => {
  const mails = ['not every run has its one mail']
  expect(missedBy({ mails: well.mails.slice(1) })).toEqual(mails)
  expect(missedBy({ mails: [...well.mails, { to: ['reader-7@example.com'] }] })).toEqual(mails)
  expect(missedBy({ mails: [...well.mails, { to: ['somebody@example.com'] }] })).toEqual(mails)
  const slow = ran.map((each, index) => ({ ...each, took: index % 10 === 0 ? 300_000 : 1_000 }))
  expect(missedBy({ ran: slow })).toEqual(['95 of 100 took up to 300 s'])
  expect(missedBy({ damages: ['value 1'], refusals: ['run 2'] })).toEqual(['an answer was refused: run 2', 'damaged: value 1'])
  expect(missedBy({ ran: [], mails: [] })).toContain('no run ended')
})

test('the slope is that of the line nearest to the samples', () => {
  expect(slopePerHour([[0, 10], [1_800_000, 10], [3_600_000, 40]])).toBeCloseTo(30)
  expect(slopePerHour([[0, 10]])).toBeNaN()
})
