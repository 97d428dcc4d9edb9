import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ColumnId, Columns, columns, fitting, listedColumns, moved, narrowest, resized, sameColumns, toggled, usualColumns, widthOf } from './columns.ts'

const anyColumn = fc.constantFrom(...ColumnId.options)
const change = fc.oneof(
  anyColumn.map((id) => (choice: Columns) => toggled(choice, id)),
  fc.tuple(anyColumn, fc.integer({ min: -20, max: 20 })).map(([id, by]) => (choice: Columns) => moved(choice, id, by)),
  fc.tuple(anyColumn, fc.option(fc.double({ noNaN: true }), { nil: undefined })).map(([id, width]) => {
    return (choice: Columns) => resized(choice, id, width)
  }),
)

test('however columns are chosen, the choice can be kept, and no column is shown twice', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const choice = changes.reduce((before, make) => make(before), usualColumns)
      expect(Columns.parse(choice)).toEqual(choice)
      expect(new Set(choice.shown).size).toBe(choice.shown.length)
      expect(listedColumns(choice).toSorted()).toEqual(ColumnId.options.toSorted())
    }),
  )
})

test('a column is shown behind the others, and moves', () => {
  const more = toggled(usualColumns, 'failure')
  expect(more.shown.at(-1)).toBe('failure')
  expect(moved(more, 'failure', -1).shown.slice(-2)).toEqual(['failure', 'version'])
  expect(moved(more, 'failure', -100).shown[0]).toBe('failure')
  expect(moved(more, 'ended', 1)).toBe(more)
})

test('the last column stays', () => {
  const one: Columns = { shown: ['id'], widths: {} }
  expect(toggled(one, 'id')).toBe(one)
})

test('a width has bounds, and can be given back', () => {
  const thin = resized(usualColumns, 'id', 3)
  expect(thin.widths).toEqual({ id: narrowest })
  expect(sameColumns(thin, usualColumns)).toBe(false)
  expect(sameColumns(resized(thin, 'id', undefined), usualColumns)).toBe(true)
})

test('a narrow table leaves out what matters least, and keeps what a run is known by', () => {
  expect(fitting(usualColumns, 1_200)).toEqual(usualColumns.shown)
  const few = fitting(usualColumns, 500)
  expect(few).toContain('status')
  expect(few).toContain('workflow')
  expect(few).not.toContain('version')
  expect(widthOf({ shown: [...few], widths: {} })).toBeLessThanOrEqual(500)
  expect(fitting({ shown: ['correlation'], widths: {} }, 20)).toEqual(['correlation'])
})

test('what can be sorted by has a header that does so', () => {
  const sorts = ColumnId.options.flatMap((id) => columns[id].sort ?? [])
  expect(sorts.toSorted()).toEqual(['duration', 'ended', 'started', 'status', 'workflow'])
})
