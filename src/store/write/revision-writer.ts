import type Database from 'better-sqlite3'
import type { Revision } from '../../model/revision.ts'
import { ofWorkspace } from '../crypt/crypt.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { pack } from '../format/packing.ts'
import { rowColumns, sealRow } from '../format/row.ts'
import { revisionFormat } from '../format/rows.ts'
import { digestOf } from '../format/sha256.ts'

/** Stores a revision; one of the same hash is the same code, and the one that is there stays. */
export function revisionWriter(db: Database.Database): (revision: Revision) => void {
  const crypt = cryptOf(db)
  const insert = db.prepare(
    `INSERT INTO revision (${rowColumns(revisionFormat)}, bundle, workflow) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  return ({ hash, manifest, loadedAt, bundle }) => {
    const bytes = Buffer.from(bundle)
    const { content, checksum } = sealRow(crypt, ofWorkspace, revisionFormat, [hash], { hash, manifest, loadedAt, bundle: digestOf(bytes) })
    insert.run(hash, content, checksum, crypt.sealBytes(ofWorkspace, 'bundle', [hash], pack(bytes)), manifest.name)
  }
}
