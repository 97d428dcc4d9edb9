/** A JSON value as the rows of a tree: only what is open is there, and of long lists only the first items. */
import type { Json } from '../../../model/json.ts'
import { hiddenWords, isHidden } from '../../../model/sensitive/hidden.ts'

export type Path = readonly (string | number)[]

export interface JsonRow {
  /** Names the row in its tree. */
  readonly id: string
  readonly path: Path
  /** The key or index in its parent; null for the root. */
  readonly name: string | number | null
  /** `more` stands for items that are not shown. */
  readonly kind: 'leaf' | 'branch' | 'text' | 'more'
  readonly open: boolean
  readonly value: Json
  /** Of a branch: how many it holds. Of `more`: how many are left. */
  readonly count: number
}

export interface Shown {
  /** Ids of the rows that are open. */
  readonly open: ReadonlySet<string>
  /** How many items are shown of rows that show more than the first. */
  readonly items: ReadonlyMap<string, number>
}

/** How many items of a list or an object are shown at once. */
export const pageOfItems = 100
/** So many rows at most, whatever is open. */
const mostRows = 3_000
/** So many places are found at most. */
export const mostFound = 500
/** A longer text opens to be read whole. */
const longText = 100

/** A JSON pointer (RFC 6901). */
export const idOf = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Ends the id of a row for what is not shown: no pointer has a `~` that stands for nothing. */
const more = '/~more'

/** As code names it: `outputs.draft[2]["a b"]`. */
export function writePath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`
      if (/^[A-Za-z_$][\w$]*$/.test(part)) return index === 0 ? part : `.${part}`
      return `[${JSON.stringify(part)}]`
    })
    .join('')
}

export function jsonRows(value: Json, shown: Shown): readonly JsonRow[] {
  const rows: JsonRow[] = []
  const add = (item: Json, path: Path): void => {
    if (rows.length >= mostRows) return
    const id = idOf(path)
    const open = shown.open.has(id)
    const row = { id, path, name: path.at(-1) ?? null, open, value: item }
    const children = childrenOf(item)
    if (children === undefined) {
      rows.push({ ...row, kind: isLongText(item) ? 'text' : 'leaf', count: 0 })
      return
    }
    rows.push({ ...row, kind: 'branch', count: children.length })
    if (!open) return
    const most = shown.items.get(id) ?? pageOfItems
    for (const [name, child] of children.slice(0, most)) add(child, [...path, name])
    if (children.length > most)
      rows.push({ ...row, id: `${id}${more}`, path: [...path, '…'], kind: 'more', count: children.length - most })
  }
  add(value, [])
  return rows
}

/** Opens the outer levels for as long as it stays easy to take in. */
export function openAtFirst(value: Json, mostLines = 40): ReadonlySet<string> {
  const open = new Set<string>()
  let level: { item: Json; path: Path }[] = [{ item: value, path: [] }]
  let lines = 1
  while (level.length > 0) {
    const next = level.flatMap(({ item, path }) =>
      (childrenOf(item) ?? []).slice(0, pageOfItems).map(([name, child]) => ({ item: child, path: [...path, name] })),
    )
    lines += next.length
    if (open.size > 0 && lines > mostLines) break
    for (const { item, path } of level) if (childrenOf(item) !== undefined) open.add(idOf(path))
    level = next
  }
  return open
}

/** Paths of what has the text in its key or value, in the order of the tree; so many at most. */
export function findInJson(value: Json, text: string, most = mostFound): readonly Path[] {
  const sought = text.toLowerCase()
  const found: Path[] = []
  const look = (item: Json, path: Path): void => {
    if (found.length >= most) return
    const children = childrenOf(item)
    const name = path.at(-1)
    const own = isHidden(item) ? hiddenWords(item) : typeof item === 'object' ? '' : String(item).toLowerCase()
    if ((typeof name === 'string' && name.toLowerCase().includes(sought)) || own.includes(sought)) found.push(path)
    for (const [key, child] of children ?? []) look(child, [...path, key])
  }
  if (sought !== '') look(value, [])
  return found
}

/** What has to be open for a row of the path to be there. */
export function opened(shown: Shown, path: Path): Shown {
  const above = path.map((_, index) => path.slice(0, index))
  const items = new Map(shown.items)
  for (const [index, part] of path.entries()) {
    const id = idOf(path.slice(0, index))
    if (typeof part === 'number' && part >= (items.get(id) ?? pageOfItems)) items.set(id, part + pageOfItems)
  }
  return { open: new Set([...shown.open, ...above.map(idOf)]), items }
}

/** Keys or indices with what stands there; undefined for what holds nothing. */
function childrenOf(value: Json): readonly (readonly [string | number, Json])[] | undefined {
  if (typeof value !== 'object' || value === null || isHidden(value)) return undefined
  return isList(value) ? value.map((item, index) => [index, item] as const) : Object.entries(value)
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

const isLongText = (value: Json): boolean =>
  typeof value === 'string' && (value.length > longText || value.includes('\n'))
