import { expect, test } from 'vitest'
import { parse } from '../../../model/query/parse.ts'
import { usualColumns } from '../../widgets/run-table/columns.ts'
import { newestFirst } from './search.ts'
import { freeName, hasChanged, type SavedView, shippedViews, viewOf } from './views.ts'

const mine: SavedView = { id: 'mine', name: 'Mine', query: 'workflow:a', sort: newestFirst, columns: usualColumns }
const views = [...shippedViews, mine]

test.each(shippedViews)('the query of $name can be read', ({ query }) => expect(parse(query).problems).toEqual([]))

test('the view of failures says why each run failed, without being asked to', () => {
  expect(shippedViews.find(({ id }) => id === 'failed')?.columns?.shown).toContain('failure')
})

test.each(shippedViews.filter(({ columns }) => columns !== undefined))('$name shows what it is sorted by', ({ sort, columns }) => {
  expect(columns?.shown).toContain(sort.by)
})

test('a view is shown because it was chosen, or because it says what is shown', () => {
  const asking = { query: 'workflow:a', sort: newestFirst }
  expect(viewOf(views, 'slow', asking)?.id).toBe('slow')
  expect(viewOf(views, undefined, asking)).toBe(mine)
  expect(viewOf(views, 'gone', { query: 'step:b', sort: newestFirst })).toBeUndefined()
})

test('a view has changed when its query, its order or its own columns have', () => {
  expect(hasChanged(mine, mine, usualColumns)).toBe(false)
  expect(hasChanged(mine, { ...mine, query: '' }, usualColumns)).toBe(true)
  expect(hasChanged(mine, { ...mine, sort: { by: 'status', descending: false } }, usualColumns)).toBe(true)
  expect(hasChanged(mine, mine, { shown: ['id'], widths: {} })).toBe(true)
  const [all] = shippedViews
  const failed = shippedViews.find(({ id }) => id === 'failed')
  expect(failed !== undefined && hasChanged(failed, failed, usualColumns)).toBe(true)
  expect(all === undefined ? true : hasChanged(all, all, { shown: ['id'], widths: {} })).toBe(false)
})

test('a name that is taken gets a number', () => {
  expect(freeName(' Slow ', [])).toBe('Slow')
  expect(freeName('Slow', ['Slow', 'Slow 2'])).toBe('Slow 3')
})
