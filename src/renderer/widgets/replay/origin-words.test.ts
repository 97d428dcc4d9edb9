import { expect, test } from 'vitest'
import { RevisionHash, RunId } from '../../../model/ids.ts'
import { editedInWords, originInWords, otherwiseInWords } from './origin-words.ts'

const origin = { run: RunId.parse('01J0000000000000000000ABCD'), checkpoint: 3, edited: [] }

test('a replay is told by the run it was made from, where it began, and what was edited', () => {
  expect(originInWords(origin)).toBe('A replay of 0000ABCD from checkpoint 3')
  expect(originInWords({ ...origin, edited: ['output/draft/1', 'output/send/2'] })).toBe(
    'A replay of 0000ABCD from checkpoint 3, with draft and send, iteration 2 edited',
  )
  expect(editedInWords({ ...origin, edited: ['input'] })).toBe('input')
  const mended = { ...origin, pinned: { workflowVersion: 1, revision: RevisionHash.parse('a'.repeat(64)) } }
  expect(originInWords(mended)).toBe('A replay of 0000ABCD from checkpoint 3, with another definition')
  expect(otherwiseInWords({ ...mended, edited: ['input'] })).toBe('input edited, another definition')
})
