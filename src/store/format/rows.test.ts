import { expect, test } from 'vitest'
import { z } from 'zod'
import { loneRun, sampleAttempt, sampleStep } from '../../../test/conformance/samples.ts'
import { RunEvent } from '../../model/event.ts'
import { plain } from '../crypt/crypt.ts'
import { emptyLedger } from './ledger.ts'
import { withNewest } from './pass.ts'
import { openRow, type RowFormat, sealRow } from './row.ts'
import { runFormat, runKey, type RunRow, passFormat } from './rows.ts'

/** A row as an older program wrote it: without what has come since. */
function sealedOf({ table, columns }: Pick<RowFormat<unknown>, 'table' | 'columns'>, key: readonly (string | number)[], older: object): readonly unknown[] {
  const { content, checksum } = sealRow(plain, 1, { table, columns, content: z.unknown() }, key, older)
  return [...key, content, checksum]
}

test('a run of before there were replays is none, and may touch the outside world', () => {
  const row: RunRow = { number: 1, lineage: 1, ledger: emptyLedger, standing: [], record: loneRun(1).record }
  const older = Object.entries(row.record).filter(([name]) => name !== 'origin' && name !== 'disarmed')
  const record = Object.fromEntries(older)
  const opened = openRow(plain, runFormat, sealedOf(runFormat, runKey(row), { ...row, record })).content
  expect(opened).toEqual({ ...row, record: { ...row.record, origin: null, disarmed: false, kept: null } })
  expect(RunEvent.parse({ type: 'run_created', run: record })).toEqual({ type: 'run_created', run: row.record, passes: [] })
})

test('a step of before passes were armed is not armed', () => {
  const { armed: _, ...step } = sampleStep()
  expect(openRow(plain, passFormat, sealedOf(passFormat, [1, 0, step.step, 1], step)).content).toEqual(withNewest(sampleStep(), undefined))
})

test.each([undefined, sampleAttempt({ startedAt: 7 }), sampleAttempt({ attempt: 2, status: 'failed', effect: 'begun', endedAt: 9 })])(
  'a row leaves out what is usual, and one that was written in full says the same',
  (attempt) => {
    const pass = withNewest(sampleStep({ status: 'running', attempts: 1, startedAt: 7 }), attempt)
    const key = [1, 0, pass.step, 1]
    const { usual: _, ...inFull } = passFormat
    const sealed = [sealRow(plain, 1, passFormat, key, pass), sealRow(plain, 1, inFull, key, pass)]
    expect(sealed.map(({ content, checksum }) => openRow(plain, passFormat, [...key, content, checksum]).content)).toEqual([pass, pass])
  },
)

test('the newest attempt says only how it is not as its pass', () => {
  const pass = withNewest(sampleStep({ status: 'running', attempts: 1, startedAt: 7 }), sampleAttempt({ startedAt: 7 }))
  const { content } = sealRow(plain, 1, passFormat, [1, 0, pass.step, 1], pass)
  expect(JSON.parse(content)).toEqual({ status: 'running', attempts: 1, startedAt: 7, newest: {} })
})
