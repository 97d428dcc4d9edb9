import { expect, test } from 'vitest'
import { fieldNames } from '../../src/model/query/fields.ts'
import { parse } from '../../src/model/query/parse.ts'
import { read } from './checkout.ts'

const page = read('docs/QUERIES.md')
const rows = [...page.matchAll(/^\| (.+?) \| .+ \| `(.+)` \|$/gm)].map(([, names = '', example = '']) => ({ names, example }))
const blocks = [...page.matchAll(/```\n(.+?)\n```/gs)].map(([, query = '']) => query)

test('the page on queries names every field, and no other', () => {
  const named = rows.flatMap(({ names }) => [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name))
  expect(new Set(named)).toEqual(new Set(fieldNames))
  expect(named).toHaveLength(fieldNames.length)
})

test('each query on the page can be read', () => {
  const queries = [...rows.map(({ example }) => example), ...blocks]
  expect(queries).toHaveLength(rows.length + 2)
  for (const query of queries) expect(parse(query).problems, query).toEqual([])
})
