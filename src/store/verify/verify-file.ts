import Database from 'better-sqlite3'
import { migrations } from '../migrations/all.ts'
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

/** What SQLite itself can say of its file, a table with its indexes at a time. */
export function verifyFile(db: Database.Database, findings: Findings): Walk {
  const tables = db.prepare<[string], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name > ? ORDER BY name").pluck()

  return ([after = ''], allowance) => {
    for (const table of tables.all(String(after))) {
      findings.at({ section: 'file', after: [after] })
      findings.check('file', table, () => {
        const said = db.prepare<[], string>(`PRAGMA integrity_check("${table.replaceAll('"', '""')}")`).pluck().all()
        for (const line of said) if (line !== 'ok') findings.add('file', table, line)
      })
      allowance.spend()
      if (allowance.isSpent) return [table]
    }
    verifyPages(db, findings)
    return undefined
  }
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
