import type Database from 'better-sqlite3'
import type { RevisionHash, WorkflowName } from '../../model/ids.ts'
import type { Manifest } from '../../model/manifest.ts'
import type { Revision } from '../../model/revision.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { cryptOf } from '../crypt/unlock.ts'
import { unpack } from '../format/packing.ts'
import { type RawRow, openRow, rowColumns } from '../format/row.ts'
import { revisionFormat, type RevisionRow } from '../format/rows.ts'
import { digestOf } from '../format/sha256.ts'

export function revisionReader(db: Database.Database) {
  const crypt = cryptOf(db)
  const row = db.prepare<[string], RawRow>(`SELECT ${rowColumns(revisionFormat)} FROM revision WHERE hash = ?`).raw()
  const named = db
    .prepare<[string], RawRow>(`SELECT ${rowColumns(revisionFormat)} FROM revision WHERE workflow = ?`)
    .raw()
  const bundle = db.prepare<[string]>('SELECT bundle FROM revision WHERE hash = ?').pluck()

  const find = (hash: RevisionHash): RevisionRow | undefined => {
    const found = row.get(hash)
    return found === undefined ? undefined : openRow(crypt, revisionFormat, found).content
  }

  return {
    /** The whole of it. @throws CorruptionFound */
    find: (hash: RevisionHash): Revision | undefined => {
      const revision = find(hash)
      if (revision === undefined) return undefined
      const { manifest, loadedAt } = revision
      const bytes = unpack(crypt.openBytes('bundle', [hash], bundle.get(hash)))
      if (bytes === undefined || digestOf(bytes) !== revision.bundle) {
        throw new CorruptionFound('revision', hash, 'its bundle is not what was stored')
      }
      return { hash, manifest, loadedAt, bundle: Buffer.from(bytes).toString() }
    },

    /** Those of a workflow, without their code. @throws CorruptionFound */
    of: (workflow: WorkflowName): RevisionRow[] => named.all(workflow).map((found) => openRow(crypt, revisionFormat, found).content),

    /** The manifest that a run pins, without its code. @throws CorruptionFound, where it is not there too */
    manifest: (hash: RevisionHash): Manifest => {
      const revision = find(hash)
      if (revision === undefined) throw new CorruptionFound('revision', hash, 'a run pins it and it is not there')
      return revision.manifest
    },
  }
}
