import { expect, test } from 'vitest'
import { failureOf, type Finding, goBackTo, onOtherCode } from './integrity.ts'
import { RunId } from './ids.ts'

const run = RunId.parse('0'.repeat(26))
const another = RunId.parse('1'.repeat(26))
const found = (fields: Partial<Finding>): Finding => ({ object: 'value', key: 'a', detail: 'its checksum does not match', run, nearest: 3, ...fields })

test.each(['checkpoint', 'keyframe', 'value'])('what is damaged of a %s is left behind by going back', (object) => {
  expect(goBackTo([found({ object })])).toEqual(new Map([[run, 3]]))
  expect(failureOf(found({ object })).wayOut).toMatch(/^go back to checkpoint 3,/)
})

test.each(['run', 'branch', 'step', 'attempt', 'decision', 'error', 'stub', 'lineage'])('what is damaged of a %s keeps a run from going back', (object) => {
  expect(goBackTo([found({ object })])).toEqual(new Map())
  expect(failureOf(found({ object })).wayOut).toBe('bring back a backup of the store from before')
})

test('a run that has gone on without what is damaged has nothing to go back for', () => {
  expect(goBackTo([found({ isPast: true })])).toEqual(new Map())
  expect(failureOf(found({ isPast: true })).wayOut).toMatch(/^its run has gone on without it/)
  expect(goBackTo([found({ isPast: true }), found({})])).toEqual(new Map([[run, 3]]))
})

test('what is damaged of the code that a run pins is left behind by going on with other code alone', () => {
  const pin = found({ object: 'revision' })
  expect(goBackTo([pin])).toEqual(new Map())
  expect(onOtherCode([pin, found({ object: 'revision', run: another }), found({ run: another })])).toEqual([[run, 3]])
  expect(failureOf(pin).wayOut).toBe('go back to checkpoint 3 with the present definition, where that is another one, or bring back a backup of the store from before')
  expect(failureOf(found({ object: 'revision', nearest: null })).wayOut).toBe('bring back a backup of the store from before')
})

test('a run goes back where nothing of it keeps it, and something is whole', () => {
  const all = [found({}), found({ object: 'checkpoint' }), found({ run: another }), found({ run: another, object: 'decision' }), found({ run: null, object: 'journal', nearest: null })]
  expect(goBackTo(all)).toEqual(new Map([[run, 3]]))
  expect(goBackTo([found({ nearest: null })])).toEqual(new Map())
})
