import { expect, test } from 'vitest'
import { pageSize, pagesFor, retold } from './pages.ts'
import { runOf } from './summary.fixture.ts'

test.each([
  [{ first: 0, last: 20 }, 1_000, [0]],
  [{ first: 0, last: 60 }, 1_000, [0, 1]],
  [{ first: 140, last: 160 }, 1_000, [0, 1, 2]],
  [{ first: 980, last: 999 }, 1_000, [9]],
  [{ first: 0, last: 0 }, 0, [0]],
  [{ first: 99_990, last: 99_999 }, 100_000, [999]],
])('rows %j of %d are on pages %j', (rows, count, pages) => expect(pagesFor(rows, count)).toEqual(pages))

test('every row in view is on a page that is read', () => {
  for (let first = 0; first < 950; first += 7) {
    const pages = pagesFor({ first, last: first + 49 }, 1_000)
    expect(pages).toContain(Math.floor(first / pageSize))
    expect(pages).toContain(Math.floor((first + 49) / pageSize))
  }
})

test('a run is told of anew in its place, and never by older news', () => {
  const read = [runOf(1, { version: 3 }), runOf(2, { version: 3 })]
  const newer = runOf(2, { version: 4, status: 'failed' })
  expect(retold(read, new Map([[newer.id, newer]]))).toEqual([read[0], newer])
  const older = runOf(2, { version: 2 })
  expect(retold(read, new Map([[older.id, older]]))).toBe(read)
})
