import { expect, test } from 'vitest'
import { runOf } from '../summary.fixture.ts'
import { fewFirst, without } from './stages.ts'

const ids = Array.from({ length: 40 }, (_, index) => runOf(index).id)
const upTo = runOf(39).id
const found = async (): Promise<typeof ids> => ids.slice(0, 10)

test.each([
  [1, [undefined]],
  [2, [1, undefined]],
  [11, [1, undefined]],
  [12, [1, 10, undefined]],
  [4_218, [1, 10, undefined]],
])('of %d runs, the stages take %j', (total, sizes) => {
  expect(fewFirst({ query: '', upTo, total }, found).sizes).toEqual(sizes)
})

test('the last stage takes all but those that were tried', async () => {
  const stages = fewFirst({ query: 'status:failed', upTo, total: 40 }, found)
  expect(await stages.on(undefined, ids.slice(0, 2))).toEqual({ query: `status:failed -id:${ids[0]},${ids[1]}`, upTo })
})

test('a stage in between takes so many, and none where there are none any more', async () => {
  const asked: string[] = []
  const stages = fewFirst({ query: '', upTo, total: 40 }, async (query) => {
    asked.push(query)
    return asked.length === 1 ? ids.slice(0, 1) : []
  })
  expect(await stages.on(1, [])).toEqual({ runs: [{ run: ids[0] }] })
  expect(await stages.on(10, ids.slice(0, 1))).toBeUndefined()
  expect(asked).toEqual(['', `-id:${ids[0]}`])
})

test('leaving none out changes nothing', () => expect(without('step:a', [])).toBe('step:a'))
