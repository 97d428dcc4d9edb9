import { expect, test } from 'vitest'
import { z } from 'zod'
import { loneRun, sampleStep } from '../../../test/conformance/samples.ts'
import { RunEvent } from '../../model/event.ts'
import { plain } from '../crypt/crypt.ts'
import { emptyLedger } from './ledger.ts'
import { openRow, type RowFormat, sealRow } from './row.ts'
import { runFormat, runKey, type RunRow, stepFormat } from './rows.ts'

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
  expect(opened).toEqual({ ...row, record: { ...row.record, origin: null, disarmed: false } })
  expect(RunEvent.parse({ type: 'run_created', run: record })).toEqual({ type: 'run_created', run: row.record, passes: [] })
})

test('a step of before passes were armed is not armed', () => {
  const { armed: _, ...step } = sampleStep()
  expect(openRow(plain, stepFormat, sealedOf(stepFormat, [1, 0, step.step, 1], step)).content).toEqual(sampleStep())
})

test('a row leaves out what is usual, and one that was written in full says the same', () => {
  const step = sampleStep({ status: 'running', attempts: 1, startedAt: 7 })
  const key = [1, 0, step.step, 1]
  const sealed = sealRow(plain, 1, stepFormat, key, step)
  expect(JSON.parse(sealed.content)).toEqual({ branch: 0, step: step.step, iteration: 1, status: 'running', attempts: 1, startedAt: 7 })
  const { usual: _, ...inFull } = stepFormat
  const rows = [sealed, sealRow(plain, 1, inFull, key, step)].map(({ content, checksum }) => [...key, content, checksum])
  expect(rows.map((row) => openRow(plain, stepFormat, row).content)).toEqual([step, step])
})
