/**
 * Two JSON values as one: written out where they differ, folded where they are the same.
 *
 * Lines marked `same` and `removed` come of the first value, `same` and `added` of the second; a fold stands for what
 * both have.
 *
 * Which items and lines match is found by `diff`; what is here says how it is written. A library that makes a delta of
 * two values (jsondiffpatch, say) leaves that undone: lines, folds and the words of a long text would be built from its
 * delta by as much code again.
 */
import { diffArrays } from 'diff'
import { counted } from '../../../model/counted.ts'
import type { Json } from '../../../model/json.ts'
import { type Hidden, hiddenWords, isHidden } from '../../../model/sensitive/hidden.ts'
import { textLines, type Part } from './text-lines.ts'

export interface JsonLine {
  readonly kind: 'same' | 'added' | 'removed' | 'folded'
  readonly depth: number
  readonly parts: readonly Part[]
}

/** More unchanged neighbours than this become one line. */
const mostSame = 3
const longString = 80
/** Beyond so many changed items two lists are shown as one that went and one that came. */
const mostEdits = 1_000

type JsonObject = { readonly [key: string]: Json }

export function jsonLines(before: Json, after: Json): readonly JsonLine[] {
  return same(before, after) ? folded([{ label: '', value: after }], 0) : changed('', before, after, 0)
}

/** Deep equality: the order of keys says nothing, that of items does. */
export function same(one: Json, other: Json): boolean {
  if (one === other) return true
  if (isHidden(one) && isHidden(other)) return one.is === other.is
  if (isList(one))
    return isList(other) && one.length === other.length && one.every((item, index) => same(item, other[index] ?? null))
  if (!isObject(one) || !isObject(other)) return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && same(one[key] ?? null, other[key] ?? null))
  )
}

interface Child {
  readonly label: string
  readonly before?: Json | undefined
  readonly after?: Json | undefined
}

function changed(label: string, before: Json, after: Json, depth: number): JsonLine[] {
  if (isHidden(before) && isHidden(after)) return [plain('removed', depth, label + hiddenWords(before)), plain('added', depth, `${label}${hiddenWords(after)}, another value`)]
  if (isObject(before) && isObject(after)) return within(label, '{}', childrenOf(before, after), depth)
  if (isList(before) && isList(after)) return within(label, '[]', itemsOf(before, after), depth)
  if (isLong(before) && isLong(after)) return longText(label, before, after, depth)
  return [...written('removed', label, before, depth), ...written('added', label, after, depth)]
}

function within(label: string, [open = '', close = '']: string, children: readonly Child[], depth: number): JsonLine[] {
  const parts: JsonLine[][] = [[plain('same', depth, label + open)]]
  let unchanged: { label: string; value: Json }[] = []
  for (const { label: name, before, after } of children) {
    if (before !== undefined && after !== undefined && same(before, after)) {
      unchanged.push({ label: name, value: after })
      continue
    }
    parts.push(folded(unchanged, depth + 1))
    unchanged = []
    if (before !== undefined && after !== undefined) parts.push(changed(name, before, after, depth + 1))
    else if (before !== undefined) parts.push(written('removed', name, before, depth + 1))
    else if (after !== undefined) parts.push(written('added', name, after, depth + 1))
  }
  parts.push(folded(unchanged, depth + 1), [plain('same', depth, close)])
  return parts.flat()
}

/** Keys as the second value has them, those that went where they stood. */
function childrenOf(before: JsonObject, after: JsonObject): Child[] {
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key))
  return [...Object.keys(after), ...gone].map((key) => ({
    label: `${JSON.stringify(key)}: `,
    before: Object.hasOwn(before, key) ? before[key] : undefined,
    after: Object.hasOwn(after, key) ? after[key] : undefined,
  }))
}

/** Items that are the same find each other; of what lies between, one that went meets one that came. */
function itemsOf(before: readonly Json[], after: readonly Json[]): Child[] {
  const blocks = diffArrays([...before], [...after], { comparator: same, maxEditLength: mostEdits }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ]
  let pending: readonly Json[] = []
  const children: Child[] = []
  const settle = (arrived: readonly Json[]): void => {
    for (const index of Array(Math.max(pending.length, arrived.length)).keys()) {
      children.push({ label: '', before: pending[index], after: arrived[index] })
    }
    pending = []
  }
  for (const { value, removed, added } of blocks) {
    if (!added) settle([])
    if (removed) pending = value
    else if (added) settle(value)
    else for (const item of value) children.push({ label: '', before: item, after: item })
  }
  settle([])
  return children
}

function longText(label: string, before: string, after: string, depth: number): JsonLine[] {
  const lines = textLines(before, after).map((line): JsonLine =>
    line.kind === 'folded'
      ? plain('folded', depth + 1, `… ${line.lines} unchanged lines`)
      : { kind: line.kind, depth: depth + 1, parts: line.parts },
  )
  return [plain('same', depth, `${label}"""`), ...lines, plain('same', depth, '"""')]
}

function written(kind: 'added' | 'removed', label: string, value: Json, depth: number): JsonLine[] {
  if (typeof value === 'string' && value.includes('\n')) {
    const lines = value.split('\n').map((text) => plain(kind, depth + 1, text))
    return [plain(kind, depth, `${label}"""`), ...lines, plain(kind, depth, '"""')]
  }
  if (isList(value) && value.length > 0) {
    const items = value.flatMap((item) => written(kind, '', item, depth + 1))
    return [plain(kind, depth, `${label}[`), ...items, plain(kind, depth, ']')]
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    const members = Object.entries(value).flatMap(([key, item]) =>
      written(kind, `${JSON.stringify(key)}: `, item, depth + 1),
    )
    return [plain(kind, depth, `${label}{`), ...members, plain(kind, depth, '}')]
  }
  return [plain(kind, depth, label + (isHidden(value) ? hiddenWords(value) : JSON.stringify(value)))]
}

function folded(children: readonly { readonly label: string; readonly value: Json }[], depth: number): JsonLine[] {
  if (children.length > mostSame) return [plain('folded', depth, `… ${children.length} unchanged`)]
  return children.map(({ label, value }) => plain('same', depth, label + brief(value)))
}

/** A value in one line: what it is and how much of it, not what is in it. */
export function brief(value: Json): string {
  if (isHidden(value)) return hiddenWords(value)
  if (isList(value)) return value.length === 0 ? '[]' : `[ …${counted(value.length, 'item')} ]`
  if (isObject(value)) {
    const keys = Object.keys(value).length
    return keys === 0 ? '{}' : `{ …${counted(keys, 'key')} }`
  }
  const text = JSON.stringify(value)
  return text.length > longString ? `${text.slice(0, longString)}…"` : text
}

const plain = (kind: JsonLine['kind'], depth: number, text: string): JsonLine => ({
  kind,
  depth,
  parts: [{ text, changed: false }],
})

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

function isObject(value: Json): value is Exclude<JsonObject, Hidden> {
  return typeof value === 'object' && value !== null && !isList(value) && !isHidden(value)
}

const isLong = (value: Json): value is string =>
  typeof value === 'string' && (value.length > longString || value.includes('\n'))
