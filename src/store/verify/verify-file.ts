import Database from 'better-sqlite3'
import { migrations } from '../migrations/all.ts'
import { malformedOf } from '../sqlite/reading.ts'
import { migrate, schemaVersion } from '../sqlite/migrate.ts'
import type { Findings } from './findings.ts'
import type { Walk } from './walk-rows.ts'

/** Whether the schema is the one that the migrations make, and each table and index begins in a page of its own. */
export function verifySchema(db: Database.Database, findings: Findings): void {
  findings.check('schema', 'tables', () => {
    if (schemaOf(db) !== writtenSchema()) findings.add('schema', 'tables', 'it is not the schema of this version')
    // Two that are empty read alike in one page. What is written to the one next is the other's as well.
    const sharing = db.prepare<[], string>("SELECT group_concat(name, ' and ') FROM sqlite_schema WHERE rootpage > 0 GROUP BY rootpage HAVING count(*) > 1").pluck()
    for (const names of sharing.all()) findings.add('schema', 'tables', `${names} begin in the same page`)
  })
}

/** What SQLite itself can say of its file, a table with its indexes at a time: where that is of a page, of which and whose. */
export function verifyFile(db: Database.Database, findings: Findings): Walk {
  const tables = db.prepare<[string], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name > ? ORDER BY name").pluck()

  return ([after = ''], allowance) => {
    for (const table of tables.all(String(after))) {
      findings.at({ section: 'file', after: [after] })
      findings.check('file', table, () => {
        const said = db.prepare<[], string>(`PRAGMA integrity_check("${table.replaceAll('"', '""')}")`).pluck().iterate()
        tellOf(db, findings, table, [...untilMalformed(said)].filter((line) => line !== 'ok'))
      })
      allowance.spend()
      if (allowance.isSpent) return [table]
    }
    verifyPages(db, findings)
    return undefined
  }
}

/** Where it comes to what it cannot read, it ends: that is the last that it says. */
function* untilMalformed(said: Iterable<string>): Generator<string> {
  try {
    yield* said
  } catch (error) {
    const damage = malformedOf('', error)
    if (damage === undefined) throw error
    yield damage.detail
  }
}

const ofPage = /^(?:\*\*\* in database main \*\*\*\n)?Tree (\d+) page (\d+)(?: \w+ \d+)?: /

/** Pages that cannot be read are what the rest comes of. */
function tellOf(db: Database.Database, findings: Findings, table: string, lines: readonly string[]): void {
  const indexAt = db.prepare<[number], string>("SELECT name FROM sqlite_schema WHERE rootpage = ? AND type = 'index'").pluck()
  const pages = lines.flatMap((line) => {
    const [head, root, page] = ofPage.exec(line) ?? []
    return head === undefined ? [] : [{ page, index: indexAt.get(Number(root)), said: line.slice(head.length) }]
  })
  for (const { page, index, said } of pages) {
    findings.add('file', `page ${page}`, `it is of ${index === undefined ? '' : `the index ${index} of `}the table ${table}, and cannot be read whole: ${said}`)
  }
  if (pages.length === 0) for (const line of lines) findings.add('file', table, line)
}

/** Whether each page is of one tree, and none is of no tree: a table looked at by itself does not know what others hold. */
function verifyPages(db: Database.Database, findings: Findings): void {
  if (findings.list.some(({ object }) => object === 'file')) return
  findings.check('file', 'pages', () => {
    const said = db.prepare<[], string>('PRAGMA quick_check').pluck().all()
    for (const line of said) if (line !== 'ok') findings.add('file', 'pages', line)
  })
}

let written: string | undefined

/** It is made once: what the migrations say never changes while this runs. */
function writtenSchema(): string {
  written ??= freshSchema()
  return written
}

function freshSchema(): string {
  const fresh = new Database(':memory:')
  migrate(fresh, migrations)
  const schema = schemaOf(fresh)
  fresh.close()
  return schema
}

/** Quoted, since a text that has become octets of the same letters would read alike. */
function schemaOf(db: Database.Database): string {
  const rows = db.prepare<[], string>("SELECT concat_ws('|', quote(type), quote(name), quote(tbl_name), quote(sql)) FROM sqlite_schema").pluck().all()
  return [schemaVersion(db), ...rows.toSorted()].join('\n')
}
