/** The dead-letter queue, of which some runs are damaged. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { decisionId, runId, sampleDecision, SampleRun, sampleRevision } from '../../../test/conformance/samples.ts'
import { ScratchStore } from '../../../test/conformance/scratch-store.ts'
import type { DeadLetterPlace } from '../../model/dead-letter.ts'

let scratch: ScratchStore
beforeEach(async () => {
  scratch = new ScratchStore()
  const { storage } = await scratch.open()
  await storage.saveRevision(sampleRevision)
  for (const number of [1, 2, 3, 4, 5]) {
    const run = new SampleRun(storage, number)
    await storage.commit(run.create({ decisions: [sampleDecision({ id: decisionId(number), kind: 'dead_letter', openedAt: number })] }))
  }
  await scratch.shut()
})
afterEach(() => scratch.remove())

/** Page by page. */
function pages(limit: number) {
  return scratch.reading((reads) => {
    const all: { letters: number[]; damaged: string[] }[] = []
    for (let after: DeadLetterPlace | null = null; ; ) {
      const { letters, next, damaged }: ReturnType<typeof reads.deadLetters> = reads.deadLetters(after, limit)
      all.push({ letters: letters.map(({ run }) => Number(run)), damaged })
      if (next === null) return all
      after = next
    }
  })
}

test.each([
  ['its row', 'UPDATE run SET checksum = zeroblob(32) WHERE number = 2'],
  ['a row of it', 'UPDATE decision SET checksum = zeroblob(32) WHERE run = 2'],
  ['its branch', 'DELETE FROM branch WHERE run = 2'],
])('a run of which %s is damaged hides no other, and is named', (_, sql) => {
  scratch.damage(sql)
  expect(pages(10)).toEqual([{ letters: [1, 3, 4, 5], damaged: [runId(2)] }])
})

test('paging goes on past what is damaged: a page ends where what is queued ends', () => {
  scratch.damage('UPDATE run SET checksum = zeroblob(32) WHERE number IN (2, 3, 4)')
  const damaged = [2, 3, 4].map(runId)
  expect(pages(2)).toEqual([
    { letters: [1], damaged: damaged.slice(0, 1) },
    { letters: [], damaged: damaged.slice(1) },
    { letters: [5], damaged: [] },
  ])
  expect(pages(5)).toEqual([{ letters: [1, 5], damaged }, { letters: [], damaged: [] }])
})

test('what is queued and is no decision is damage of the run, and holds up no page', () => {
  scratch.damage("UPDATE pending SET id = 'none' WHERE run = 2")
  expect(pages(2)).toEqual([
    { letters: [1], damaged: [runId(2)] },
    { letters: [3, 4], damaged: [] },
    { letters: [5], damaged: [] },
  ])
})
