import type Database from 'better-sqlite3'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { keyringOf } from '../crypt/keyring.ts'
import { vaultOf } from '../crypt/unlock.ts'
import type { Findings } from './findings.ts'
import { type Walk, walkRows } from './walk-rows.ts'

/** The keyring, and every data key: whether it can be unwrapped. */
export function verifyKeys(db: Database.Database, findings: Findings): Walk {
  const vault = vaultOf(db)
  const keys = walkRows<{ readonly lineage: number }>(db, findings, {
    section: 'keys',
    key: ['lineage'],
    select: 'SELECT lineage FROM data_key',
    keyOf: ({ lineage }) => [lineage],
    bytes: () => 100,
    look: ({ lineage }) => findings.checkAll('data_key', String(lineage), () => look(lineage)),
  })

  const look = (lineage: number): void => {
    if (vault === undefined) throw new CorruptionFound('data_key', String(lineage), 'the store is not encrypted')
    vault.assertWhole(lineage)
  }

  return (after, allowance) => {
    findings.checkAll('keyring', '1', () => {
      if ((keyringOf(db) === null) === (vault === undefined)) return
      throw new CorruptionFound('keyring', '1', 'it is gone, or has come to a store that is not encrypted')
    })
    return keys(after, allowance)
  }
}
