import { expect, test } from 'vitest'
import { z } from 'zod'
import { loneRun, sampleAttempt, sampleStep } from '../../../test/conformance/samples.ts'
import { RunEvent } from '../../model/event.ts'
import { RevisionHash } from '../../model/ids.ts'
import { codeStep, manifestOf } from '../../model/manifest.fixture.ts'
import type { Revision } from '../../model/revision.ts'
import { ofWorkspace, plain } from '../crypt/crypt.ts'
import { emptyLedger } from './ledger.ts'
import { withNewest } from './pass.ts'
import { openRow, type RowFormat, sealRow } from './row.ts'
import { branchFormat, passFormat, revisionFormat, runFormat, runKey, type RunRow } from './rows.ts'
import { digestOf } from './sha256.ts'

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

test('a branch of before keeps nothing of the one that was left for it', () => {
  const by = { kind: 'person', name: 'ada' } as const
  const older = { number: 1, parent: 0, from: 3, by, why: null, at: 5 }
  expect(openRow(plain, branchFormat, sealedOf(branchFormat, [1, 1], older)).content).toMatchObject({ ...older, kept: null, isSparse: false, name: null })
  const restored = { type: 'run_restored', to: 3, parent: 0, branch: 1, generation: 1, passes: [sampleStep({ branch: 1 })], loops: {} }
  expect(RunEvent.parse(restored)).toMatchObject({ kept: {}, passes: restored.passes })
})

test('a long definition is packed, and one that was written before is read as it stands', () => {
  const { hash, manifest, loadedAt, bundle } = chain(200)
  const row = { hash, manifest, loadedAt, bundle: digestOf(bundle) }
  const older = sealedOf(revisionFormat, [hash], row)
  const { content, checksum } = sealRow(plain, ofWorkspace, revisionFormat, [hash], row)
  expect(content.length).toBeLessThan(String(older[1]).length / 10)
  for (const stored of [older, [hash, content, checksum]]) expect(openRow(plain, revisionFormat, stored).content).toEqual(row)
})

function chain(steps: number): Revision {
  const ids = Array.from({ length: steps }, (_, index) => codeStep(`s${index}`, index === 0 ? [] : [`s${index - 1}`]))
  return { hash: RevisionHash.parse('ab'.repeat(32)), manifest: manifestOf('chain', ids), bundle: '', loadedAt: 0 }
}
