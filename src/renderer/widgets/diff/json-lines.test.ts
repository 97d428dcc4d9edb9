import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Json } from '../../../model/json.ts'
import { lostName } from '../../../model/lost-name.ts'
import { jsonLines, same } from './json-lines.ts'

const marks = { same: ' ', added: '+', removed: '-', folded: '~' } as const
const drawn = (before: Json, after: Json): string[] =>
  jsonLines(before, after).map(
    ({ kind, depth, parts }) => marks[kind] + ' '.repeat(depth * 2) + parts.map(({ text }) => text).join(''),
  )

test('what changed stands in what did not', () => {
  const before = { outputs: { draft: { body: 'x', tone: 1 }, style: [1, 2, 3] }, pending: ['clarity'], iteration: 2 }
  const after = {
    outputs: { draft: { body: 'x', tone: 1 }, style: [1, 2, 3], clarity: { score: 79 } },
    pending: [],
    iteration: 2,
  }
  expect(drawn(before, after)).toEqual([
    ' {',
    '   "outputs": {',
    '     "draft": { …2 keys }',
    '     "style": [ …3 items ]',
    '+    "clarity": {',
    '+      "score": 79',
    '+    }',
    '   }',
    '   "pending": [',
    '-    "clarity"',
    '   ]',
    '   "iteration": 2',
    ' }',
  ])
})

test('an item that changed in a list is compared with what took its place', () => {
  const before = [{ id: 1, ok: false }, { id: 2 }, { id: 3 }, { id: 4 }, { id: 5 }]
  expect(drawn(before, before.with(0, { id: 1, ok: true }))).toEqual([
    ' [',
    '   {',
    '     "id": 1',
    '-    "ok": false',
    '+    "ok": true',
    '   }',
    '~  … 4 unchanged',
    ' ]',
  ])
})

test('a long text is compared by its lines', () => {
  const body = (day: string): string => `Dear Ms Okafor,\nwe ship on ${day}.\nYours`
  expect(drawn({ body: body('Monday') }, { body: body('Friday') })).toEqual([
    ' {',
    '   "body": """',
    '     Dear Ms Okafor,',
    '-    we ship on Monday.',
    '+    we ship on Friday.',
    '     Yours',
    '   """',
    ' }',
  ])
})

test('a document of megabytes is written out to its last line', () => {
  const lines = Array.from({ length: 200_000 }, (_, line) => `line ${line}`)
  expect(jsonLines({ kept: 1 }, { kept: 1, text: lines.join('\n') })).toHaveLength(lines.length + 5)
  expect(jsonLines(lines, lines.with(100_000, 'else')).map(({ kind }) => kind)).toEqual(['same', 'folded', 'removed', 'added', 'folded', 'same'])
  const text = `${lines.join('\n')}\n`
  expect(jsonLines(text, `${text}end\n`).map(({ kind }) => kind)).toEqual(['same', 'folded', 'same', 'same', 'same', 'added', 'same'])
})

/** No value has a property of the name that is refused everywhere. */
const keeps = (value: unknown): boolean => lostName(value) === undefined
const json = fc.jsonValue({ maxDepth: 3 }).filter(keeps).map((value) => Json.parse(structuredClone(value)))

test('there are marked lines exactly where the values differ', () => {
  fc.assert(
    fc.property(json, json, (before, after) => {
      const differ = jsonLines(before, after).some(({ kind }) => kind === 'added' || kind === 'removed')
      expect(differ).toBe(!same(before, after))
    }),
  )
})

test('a value is the same as itself read again, whatever the order of its keys', () => {
  fc.assert(fc.property(json, (value) => same(value, structuredClone(value))))
  expect(same({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true)
  expect(same({ a: 1 }, { b: 1 })).toBe(false)
})
