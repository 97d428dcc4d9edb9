/** What a store says, whatever way its pages say it: every row of every table, and what each row is of. */
import type Database from 'better-sqlite3'

export interface Row {
  readonly table: string
  /** Its columns as text. */
  readonly text: string
  readonly columns: readonly unknown[]
}

/** What is kept of a table when a crash comes may be less than was written. */
const losable: ReadonlySet<string> = new Set(['signal', 'commit_latency'])

/** Each table walked by itself and not through an index. It throws where a table cannot be walked. */
export function everySaying(db: Database.Database): ReadonlyMap<string, Row> {
  const schema = db.prepare<[], unknown[]>('SELECT * FROM sqlite_schema ORDER BY name').raw().all()
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").pluck().all()
  const rows = tables.flatMap((table) =>
    db
      .prepare<[], unknown[]>(`SELECT * FROM ${table} NOT INDEXED`)
      .safeIntegers()
      .raw()
      .all()
      .map((columns) => ({ table, columns, text: written(columns) })),
  )
  const others = [[db.pragma('user_version', { simple: true })], ...schema].map((columns) => {
    return { table: 'schema', columns, text: written(columns) }
  })
  return new Map([...rows, ...others].map((row, index) => [`${row.table} ${row.text}${isRowOf(row) ? '' : index}`, row]))
}

const isRowOf = ({ table }: { readonly table: string }): boolean => table !== 'schema'

/** A row as text. Numbers are as SQLite has them: JSON would make one of two large ones. */
function written(row: readonly unknown[]): string {
  return row.map((column) => (column instanceof Uint8Array ? Buffer.from(column).toString('hex') : `${typeof column} ${String(column)}`)).join('\t')
}

export interface Change {
  readonly table: string
  readonly gone: readonly Row[]
  readonly came: readonly Row[]
}

/** What another saying says otherwise, by table. One that a crash may lose is not missed. */
export function changesOf(before: ReadonlyMap<string, Row>, now: ReadonlyMap<string, Row>): readonly Change[] {
  const gone = [...before].flatMap(([key, row]) => (now.has(key) ? [] : [row]))
  const came = [...now].flatMap(([key, row]) => (before.has(key) ? [] : [row]))
  return [...new Set([...gone, ...came].map(({ table }) => table))]
    .map((table) => ({ table, gone: gone.filter((row) => row.table === table), came: came.filter((row) => row.table === table) }))
    .filter(({ table, came: others }) => others.length > 0 || !losable.has(table))
}

/** Ids of the runs by their numbers, of those too that were removed. */
export function runsOf(saying: ReadonlyMap<string, Row>): ReadonlyMap<string, string> {
  return new Map([...saying.values()].flatMap(({ table, columns: [number, id] }) => (table === 'run' || table === 'removed_run' ? [[String(number), String(id)]] : [])))
}
