import { expect, test } from 'vitest'
import { hiddenWords } from '../../../../model/sensitive/hidden.ts'
import { headlineOf, piecesOf } from './pieces.ts'

const letter = 'Dear Ms Lima,\n\nthe pilot is free.'

test('figures are cards, short strings are facts, long ones are read, whatever they are called', () => {
  expect(piecesOf({ to: 'Ana', body: letter, quality: 86, urgent: false, scores: { grammar: 94, style: null, tone: 'warm' } })).toEqual([
    { as: 'facts', facts: [{ name: 'to', value: 'Ana' }] },
    { as: 'cards', name: null, cards: [{ name: 'quality', value: 86 }, { name: 'urgent', value: false }] },
    {
      as: 'cards',
      name: 'scores',
      cards: [
        { name: 'grammar', value: 94 },
        { name: 'style', value: null },
        { name: 'tone', value: 'warm' },
      ],
    },
    { as: 'text', name: 'body', text: letter },
  ])
})

test('records that are alike are a table, with a gap where one lacks a column', () => {
  expect(piecesOf({ remarks: [{ by: 'style', message: 'short' }, { by: 'tone' }] })).toEqual([
    { as: 'table', name: 'remarks', columns: ['by', 'message'], rows: [['style', 'short'], ['tone', null]] },
  ])
})

test('a list of thousands stays JSON, and what an object has by birth is no cell', () => {
  expect(piecesOf({ rows: Array.from({ length: 1_000 }, (_, id) => ({ id })) }).map(({ as }) => as)).toEqual(['json'])
  expect(piecesOf({ rows: [{ toString: 'x' }, { by: 'y' }] })).toEqual([
    { as: 'table', name: 'rows', columns: ['toString', 'by'], rows: [['x', null], [null, 'y']] },
  ])
})

test('what fits no shape stays JSON', () => {
  const value = { deep: [{ a: { b: 1 } }], wide: { text: 'a string that is too long for a card' } }
  expect(piecesOf(value).map(({ as }) => as)).toEqual(['json', 'json'])
})

test('what is too much to be drawn at once stays JSON, which is drawn a page at a time', () => {
  const long = 'word '.repeat(10_000)
  expect(piecesOf({ items: ['short', long], rows: [{ a: 1, b: long }, { a: 2, b: 'short' }] }).map(({ as }) => as)).toEqual(['json', 'json'])
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, 'short']))
  expect(piecesOf(many)).toEqual([{ as: 'json', name: 'value', value: many }])
})

test('what is empty is said, last', () => {
  expect(piecesOf({ missing: [], changes: {}, note: null, count: 0 })).toEqual([
    { as: 'cards', name: null, cards: [{ name: 'count', value: 0 }] },
    { as: 'nothing', names: ['missing', 'changes', 'note'] },
  ])
})

test('a value is told from its like by what is called a title, else by its first short string', () => {
  expect(headlineOf({ to: 'Ana', Subject: 'A pilot', body: letter })).toBe('A pilot')
  expect(headlineOf({ total: 3, customer: 'Okafor' })).toBe('Okafor')
  expect(headlineOf({ body: letter })).toBeUndefined()
  expect(headlineOf('short')).toBe('short')
})

test('what is being edited is not shown twice', () => {
  expect(piecesOf({ body: letter, note: 'x' }, letter)).toEqual([{ as: 'facts', facts: [{ name: 'note', value: 'x' }] }])
  expect(piecesOf({ note: 'x' }, 'x')).toHaveLength(1)
  expect(piecesOf(letter, letter)).toEqual([])
  expect(piecesOf(null)).toEqual([])
})

test('what is hidden is called so, wherever it stands, and is no headline', () => {
  const mark = { $hidden: 'unknown', at: '', is: 'abc' }
  const words = hiddenWords({ $hidden: 'unknown' })
  expect(piecesOf(mark)).toEqual([{ as: 'facts', facts: [{ name: 'value', value: words }] }])
  expect(headlineOf(mark)).toBeUndefined()
  expect(piecesOf({ token: mark, list: [mark], rows: [{ a: mark }], card: { b: 1, c: { ...mark, $hidden: 'sensitive' } } })).toEqual([
    { as: 'facts', facts: [{ name: 'token', value: words }] },
    { as: 'cards', name: 'card', cards: [{ name: 'b', value: 1 }, { name: 'c', value: 'hidden: sensitive' }] },
    { as: 'table', name: 'rows', columns: ['a'], rows: [[words]] },
    { as: 'list', name: 'list', items: [words] },
  ])
})
