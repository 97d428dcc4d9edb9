import { ChevronRight } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, useDeferredValue, useId, useMemo, useRef, useState } from 'react'
import type { Json } from '../../../model/json.ts'
import { hiddenText, isHidden } from '../../../model/sensitive/hidden.ts'
import { HiddenMark } from '../text/hidden-mark.tsx'
import {
  findInJson,
  idOf,
  type JsonRow,
  jsonRows,
  openAtFirst,
  opened,
  pageOfItems,
  type Path,
  type Shown,
} from './json-rows.ts'
import { ShownText } from '../text/shown-text.tsx'
import { JsonToolbar } from './json-toolbar.tsx'
import './json-tree.css'

interface JsonTreeProps {
  readonly value: Json
  /** What it is, for whoever does not see it. */
  readonly label: string
}

/** A value as a tree that folds; arrows go through it, and what is looked for opens. */
export function JsonTree({ value, label }: JsonTreeProps) {
  const treeId = useId()
  const tree = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState<Shown>(() => ({ open: openAtFirst(value), items: new Map() }))
  const [active, setActive] = useState('')
  const [sought, setSought] = useState('')
  const text = useDeferredValue(sought)
  const found = useMemo(() => findInJson(value, text), [value, text])
  const rows = useMemo(() => jsonRows(value, shown), [value, shown])
  const hits = useMemo(() => new Set(found.map(idOf)), [found])
  const index = Math.max(
    0,
    rows.findIndex((row) => row.id === active),
  )

  const move = (to: JsonRow | undefined): void => {
    if (to === undefined) return
    setActive(to.id)
    tree.current?.querySelector(`[data-row="${CSS.escape(to.id)}"]`)?.scrollIntoView({ block: 'nearest' })
  }
  const toggle = (row: JsonRow): void => {
    setActive(row.id)
    setShown((before) => toggled(before, row))
  }
  const show = (path: Path): void => {
    setShown((before) => opened(before, path))
    setActive(idOf(path))
  }
  const press = (event: KeyboardEvent): void => {
    const row = rows[index]
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const act = keys(rows, index, row, { move, toggle })[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }

  const click = ({ target }: MouseEvent): void => {
    const id = target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset['row'] : undefined
    const row = rows.find((each) => each.id === id)
    // Whoever marks text to copy it does not mean to fold it.
    if (row === undefined || getSelection()?.isCollapsed === false) return
    if (row.kind === 'leaf') setActive(row.id)
    else toggle(row)
  }

  return (
    <div className="json-tree">
      <JsonToolbar
        value={value}
        row={rows[index]}
        sought={sought}
        onSeek={setSought}
        found={found}
        active={active}
        onShow={show}
      />
      <div
        ref={tree}
        className="tree"
        role="tree"
        tabIndex={0}
        aria-label={label}
        aria-activedescendant={`${treeId}${rows[index]?.id ?? ''}`}
        onKeyDown={press}
        onClick={click}
      >
        {rows.map((row) => (
          <Row key={row.id} row={row} id={`${treeId}${row.id}`} active={row === rows[index]} hit={hits.has(row.id)} />
        ))}
      </div>
    </div>
  )
}

interface Acts {
  readonly move: (to: JsonRow | undefined) => void
  readonly toggle: (row: JsonRow) => void
}

function keys(
  rows: readonly JsonRow[],
  index: number,
  row: JsonRow,
  { move, toggle }: Acts,
): Readonly<Record<string, () => void>> {
  const canOpen = row.kind !== 'leaf'
  const parent = (): JsonRow | undefined => rows.slice(0, index).findLast(({ path }) => path.length < row.path.length)
  return {
    ArrowDown: () => move(rows[index + 1]),
    ArrowUp: () => move(rows[index - 1]),
    Home: () => move(rows[0]),
    End: () => move(rows.at(-1)),
    ArrowRight: () => (canOpen && !row.open ? toggle(row) : move(rows[index + 1])),
    ArrowLeft: () => (canOpen && row.open ? toggle(row) : move(parent())),
    ...(canOpen && { Enter: () => toggle(row), ' ': () => toggle(row) }),
  }
}

function toggled({ open, items }: Shown, row: JsonRow): Shown {
  if (row.kind === 'more') {
    const parent = idOf(row.path.slice(0, -1))
    return { open, items: new Map(items).set(parent, (items.get(parent) ?? pageOfItems) + 5 * pageOfItems) }
  }
  const next = new Set(open)
  if (!next.delete(row.id)) next.add(row.id)
  return { open: next, items }
}

interface RowProps {
  readonly row: JsonRow
  readonly id: string
  readonly active: boolean
  readonly hit: boolean
}

function Row({ row, id, active, hit }: RowProps) {
  const canOpen = row.kind !== 'leaf'
  return (
    <div
      id={id}
      data-row={row.id}
      role="treeitem"
      className={`row${active ? ' active' : ''}${hit ? ' hit' : ''}`}
      aria-level={row.path.length + 1}
      aria-selected={active}
      aria-expanded={row.kind === 'branch' || row.kind === 'text' ? row.open : undefined}
      style={{ paddingInlineStart: `${row.path.length * 14}px` }}
    >
      {canOpen && row.kind !== 'more' ? (
        <ChevronRight size={12} className={row.open ? 'open' : ''} aria-hidden />
      ) : (
        <i />
      )}
      {row.name !== null && row.kind !== 'more' && (
        <span className={typeof row.name === 'number' ? 'index' : 'name'}>
          {typeof row.name === 'number' ? row.name : <ShownText text={row.name} />}
        </span>
      )}
      <Value row={row} />
    </div>
  )
}

/** A longer text than this is copied to be read whole. */
const mostText = 20_000

function Value({ row: { kind, value, count, open } }: { readonly row: JsonRow }) {
  if (kind === 'more')
    return (
      <span className="more">
        show {Math.min(count, 5 * pageOfItems)} of {count} more
      </span>
    )
  if (isHidden(value)) return <HiddenMark of={value} />
  if (value === hiddenText) return <HiddenMark of={{ $hidden: 'sensitive' }} />
  if (kind === 'branch') {
    const [start, end] = Array.isArray(value) ? '[]' : '{}'
    return <span className="quiet">{count === 0 ? `${start}${end}` : `${start} ${count} ${end}`}</span>
  }
  if (kind === 'text' && typeof value === 'string') {
    if (!open) {
      return (
        <span className="string clipped">
          <ShownText text={JSON.stringify(value.slice(0, 200))} />
        </span>
      )
    }
    const rest = value.length - mostText
    return (
      <span className="text">
        <ShownText text={value.slice(0, mostText)} />
        {rest > 0 && <strong> … and {rest.toLocaleString('en')} more characters: copy the value to read them</strong>}
      </span>
    )
  }
  return (
    <span className={value === null ? 'null' : typeof value}>
      <ShownText text={JSON.stringify(value)} />
    </span>
  )
}
