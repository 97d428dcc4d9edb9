import { expect, test } from 'vitest'
import { draft, runId, sampleCheckpoint } from '../../../test/conformance/samples.ts'
import { factKey, inputKey, outputKey } from '../../model/checkpoint.ts'
import { Address } from '../../model/ids.ts'
import { contentText, readContent } from './content.ts'

const address = Address.parse('ab'.repeat(32))
const changes = [
  { key: factKey(draft), fact: { iteration: 2, status: 'completed' } },
  { key: inputKey, gone: true },
  { key: outputKey(draft, 2), address },
] as const
const said = { ...sampleCheckpoint(3, []), run: runId(1), at: 5, changes: changes.toSorted((a, b) => (a.key < b.key ? -1 : 1)) }
const places = (): unknown[] => [...Array(9).keys()].map((place): unknown => Object(JSON.parse(contentText(said)))[place])

test('what is written is read', () => expect(readContent(places())).toEqual({ said }))

test.each([
  [0, -1],
  [0, 1.5],
  [1, null],
  [2, 'another'],
  [3, 'no step'],
  [4, 0],
  [5, 7],
  [6, '3'],
  [7, 'nobody'],
  [8, {}],
  [8, [['input']]],
  [8, [['input', 'no address']]],
  [8, [['input', { iteration: 1 }]]],
])('with something else in place %i (%j) it is not read', (place, odd) => {
  expect(readContent(places().with(place, odd)).said).toBeUndefined()
  expect(readContent(places().with(place, odd)).unread).toContain('"path"')
})
