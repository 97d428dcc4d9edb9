/** Pending decisions of many runs, of which some are damaged. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { decisionId, runId, sampleDecision, SampleRun, sampleRevision } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { DecisionList } from '../../model/views.ts'

let scratch: ScratchStore
beforeEach(async () => {
  scratch = new ScratchStore()
  const { storage } = await scratch.open()
  await storage.saveRevision(sampleRevision)
  for (const number of [1, 2, 3]) {
    const run = new SampleRun(storage, number)
    const shown = run.seal(`what ${number} asks about`)
    const deadline = 100 - number
    await storage.commit(run.create({ values: [shown], decisions: [sampleDecision({ id: decisionId(number), shown: shown.address, deadline, openedAt: number })] }))
  }
  await scratch.shut()
})
afterEach(() => scratch.remove())

const told = ({ decisions, damaged }: DecisionList) => ({ decisions: decisions.map(({ run, shown }) => [Number(run), shown]), damaged })

test.each([
  ['its row', 'UPDATE run SET checksum = zeroblob(32) WHERE number = 2'],
  ['a row of it', 'UPDATE decision SET checksum = zeroblob(32) WHERE run = 2'],
  ['its branch', 'DELETE FROM branch WHERE run = 2'],
  ['its lineage', 'UPDATE lineage SET checksum = zeroblob(32) WHERE number = 2'],
  ['what its decision shows', "UPDATE value SET body = CAST(body || ' ' AS BLOB) WHERE lineage = 2"],
])('a run of which %s is damaged hides no decision of another, and is named', (_, sql) => {
  scratch.damage(sql)
  const others = [[1, 'what 1 asks about'], [3, 'what 3 asks about']]
  scratch.reading((reads) => {
    expect(told(reads.pending())).toEqual({ decisions: others, damaged: [runId(2)] })
    expect(told(reads.urgent(3))).toEqual({ decisions: others.toReversed(), damaged: [runId(2)] })
    expect(() => reads.decisions(runId(2))).toThrow(CorruptionFound)
  })
})

test('one that is gone is told by its number, one whose id is damaged by what stands there', () => {
  scratch.damage('DELETE FROM run WHERE number = 2', "UPDATE run SET id = 'no id' WHERE number = 3")
  scratch.reading((reads) => expect(told(reads.pending())).toEqual({ decisions: [[1, 'what 1 asks about']], damaged: ['2', 'no id'] }))
})

test('what is found as pending and is no decision is damage of the run', () => {
  scratch.damage(`UPDATE pending SET id = '${decisionId(7)}' WHERE run = 2`)
  scratch.reading((reads) => expect(told(reads.urgent(2))).toEqual({ decisions: [[3, 'what 3 asks about']], damaged: [runId(2)] }))
})

test('what is damaged of a decision that was answered hides nothing', async () => {
  const { storage } = await scratch.open()
  const run = new SampleRun(storage, 4)
  const [before, now] = [run.seal('before'), run.seal('now')]
  const answered = sampleDecision({ id: decisionId(4), shown: before.address, status: 'approved' })
  await storage.commit(run.create({ values: [before, now], decisions: [answered, sampleDecision({ id: decisionId(5), shown: now.address })] }))
  await scratch.shut()
  scratch.damage(`DELETE FROM value WHERE address = x'${before.address}'`)
  scratch.reading((reads) => expect(reads.pending()).toMatchObject({ decisions: [{}, {}, {}, { shown: 'now' }], damaged: [] }))
})
