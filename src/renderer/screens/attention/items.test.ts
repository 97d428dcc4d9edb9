import { expect, test } from 'vitest'
import { AttentionItem } from '../../../model/attention.ts'
import { chosenKey, keyOf, neighbour, nextAfter, searchFor, sectionsOf } from './items.ts'
import { decisionId, decisionOf } from '../../../model/run.fixture.ts'
import { placeOf } from './search.ts'

const run = decisionId(9)
const decision = (number: number): AttentionItem =>
  AttentionItem.parse({
    kind: 'decision',
    view: { run, workflow: 'letters', origin: null, disarmed: false, runVersion: 1, decision: decisionOf({ id: decisionId(number) }), shown: null, editable: null },
  })
const failure = { class: 'transient', name: 'Error', message: 'busy' }
const alarm = AttentionItem.parse({ kind: 'alarm', failure })
const refused = AttentionItem.parse({ kind: 'workflow_refused', file: 'workflows/a.ts', name: null, failures: [failure] })
const [first, second] = [decision(1), decision(2)]
const items = [alarm, first, second, refused]

test('an address names the item that it was made for', () => {
  for (const item of items) expect(chosenKey(searchFor(item))).toBe(keyOf(item))
  expect(new Set(items.map(keyOf)).size).toBe(items.length)
})

test('a decision is found by its address, and nothing else is', () => {
  expect(placeOf(keyOf(first))).toEqual({ run, decision: decisionId(1) })
  expect(placeOf(keyOf(alarm))).toBeUndefined()
  expect(placeOf('x.y')).toBeUndefined()
})

test('moving stays within the list, and begins at its head', () => {
  expect(neighbour(items, undefined, 1)).toBe(alarm)
  expect(neighbour(items, keyOf(alarm), -1)).toBe(alarm)
  expect(neighbour(items, keyOf(first), 1)).toBe(second)
  expect(neighbour(items, keyOf(refused), 1)).toBe(refused)
})

test('after one is dealt with comes the next, at the end the one before', () => {
  expect(nextAfter(items, keyOf(first))).toBe(second)
  expect(nextAfter(items, keyOf(refused))).toBe(second)
  expect(nextAfter([first], keyOf(first))).toBeUndefined()
})

test('neighbours of a kind stand together', () => {
  expect(sectionsOf(items).map(({ kind, items: of }) => [kind, of.length])).toEqual([
    ['alarm', 1],
    ['decision', 2],
    ['workflow_refused', 1],
  ])
})
