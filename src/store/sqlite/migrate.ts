import type Database from 'better-sqlite3'
import { CorruptionFound, StorageError } from '../../model/storage-errors.ts'
import { damageOf } from './reading.ts'

/** One step of the schema. `version` is what `user_version` says once it is done; they count from 1 without a gap. */
export interface Migration {
  readonly version: number
  readonly up: (db: Database.Database) => void
}

/** The file was written by a newer version; nothing of it was touched. */
export class StoreTooNew extends StorageError {
  override readonly name = 'StoreTooNew'
  readonly found: number
  readonly known: number

  constructor(file: string, found: number, known: number) {
    super(
      `${file} has schema ${found}, and this version of Cairn knows ${known} at most: ` +
        'open the workspace with the version that wrote it, or a newer one',
    )
    this.found = found
    this.known = known
  }
}

/** The file is damaged where a migration has to read it, and stays at the schema that it came to. Whoever only looks at it needs the same migration. */
export class StoreStuck extends CorruptionFound {
  constructor(file: string, damage: string, { found, known }: { readonly found: number; readonly known: number }) {
    const wayOut = 'bring back a backup, or open it with a version that knows no newer schema'
    super('file', file, `${damage}, so that it stays at schema ${found} of ${known}: ${wayOut}`)
  }
}

/**
 * Brings a file to the newest schema, each migration and its number in one transaction: a crash leaves the version
 * before it.
 * @throws StoreTooNew, StoreStuck
 */
export function migrate(db: Database.Database, migrations: readonly Migration[]): void {
  const known = migrations.at(-1)?.version ?? 0
  const found = schemaVersion(db)
  if (found > known) throw new StoreTooNew(db.name, found, known)
  const apply = db.transaction((migration: Migration) => {
    migration.up(db)
    db.pragma(`user_version = ${migration.version}`)
  })
  for (const migration of migrations) {
    if (migration.version <= found) continue
    try {
      apply.immediate(migration)
    } catch (error) {
      const damage = damageOf(db.name, error)
      throw damage === undefined ? error : new StoreStuck(db.name, damage.detail, { found: schemaVersion(db), known })
    }
  }
}

export function schemaVersion(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}
