import { expect, test } from 'vitest'
import { outcome, partWords } from './words.ts'

const checked = { lineages: 1, values: 2, revisions: 1, runs: 1, checkpoints: 1_200, entries: 1, signals: 0 }
const finding = { object: 'value', key: 'a', detail: 'it is not there', run: null, nearest: null }

test('what a walk came to is said with how much it looked at', () => {
  expect(outcome({ findings: [], checked })).toBe('Every byte is what was written: 1 run, 1,200 checkpoints, 2 values and 1 journal entry')
  expect(outcome({ findings: [finding], checked })).toContain('1 thing is not as written')
  expect(outcome({ findings: [finding, finding], checked })).toContain('2 things are not as written')
})

test('a part that is not known is named as it is', () => {
  expect([partWords('latencies'), partWords('other')]).toEqual(['how long commits took', 'other'])
})
