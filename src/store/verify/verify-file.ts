import Database from 'better-sqlite3'
import { migrations } from '../migrations/all.ts'
import { migrate, schemaVersion } from '../sqlite/migrate.ts'
import type { Findings } from './findings.ts'

/** What SQLite itself can say of its file, and whether the schema is the one that the migrations make. */
export function verifyFile(db: Database.Database, findings: Findings): void {
  findings.check('file', 'integrity', () => {
    const said = db.prepare<[], string>('PRAGMA integrity_check').pluck().all()
    for (const line of said) if (line !== 'ok') findings.add('file', 'integrity', line)
  })
  findings.check('schema', 'tables', () => {
    if (schemaOf(db) !== writtenSchema()) findings.add('schema', 'tables', 'it is not the schema of this version')
  })
}

function writtenSchema(): string {
  const fresh = new Database(':memory:')
  migrate(fresh, migrations)
  const schema = schemaOf(fresh)
  fresh.close()
  return schema
}

function schemaOf(db: Database.Database): string {
  const rows = db.prepare<[], string>("SELECT concat_ws('|', type, name, tbl_name, sql) FROM sqlite_schema").pluck().all()
  return [schemaVersion(db), ...rows.toSorted()].join('\n')
}
