import { expect, test } from 'vitest'
import { firstPage } from './first-page.ts'
import { newestFirst } from './search.ts'
import { runOf } from './summary.fixture.ts'

test('a list begins with its head as it is now: what was told while the head was on its way is in it', () => {
  const asking = { query: '', sort: newestFirst }
  const read = runOf(1)
  const head = { runs: [runOf(2), read], total: 2, position: 7, newest: runOf(2).id, damaged: [], asking }
  const ended = runOf(1, { version: 2, status: 'completed' })
  const told = new Map([[ended.id, ended]])
  expect(firstPage(head, { asking, upTo: head.newest }, told)?.runs).toEqual([runOf(2), ended])
  expect(firstPage(head, { asking, upTo: read.id }, told)).toBeUndefined()
  expect(firstPage(head, { asking: { ...asking, query: 'a' }, upTo: head.newest }, told)).toBeUndefined()
})
