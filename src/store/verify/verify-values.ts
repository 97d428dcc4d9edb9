import type Database from 'better-sqlite3'
import { cryptOf } from '../crypt/unlock.ts'
import { corruptValue, openBytes, type StoredValue } from '../format/value.ts'
import { ifWhole } from '../read/if-whole.ts'
import { lineageReader } from '../read/lineages.ts'
import type { Findings } from './findings.ts'
import { type Walk, walkRows } from './walk-rows.ts'

interface Row extends StoredValue {
  readonly rowid: number
  readonly lineage: number
  readonly address: unknown
}

/** Values that are named of those that cannot be read: those that runs name are told of by these. */
const mostUnread = 100

/** Every value against its address, also one that nothing names; and that it is found by its address. */
export function verifyValues(db: Database.Database, findings: Findings, counted: () => void): Walk {
  const crypt = cryptOf(db)
  const lineages = lineageReader(db)
  const place = db
    .prepare<[number, unknown], number>('SELECT rowid FROM value INDEXED BY value_address WHERE lineage = ? AND address = ?')
    .pluck()

  // The index says by itself which there are.
  const indexed = db.prepare<[number, number], Pick<Row, 'lineage' | 'address'>>(
    'SELECT lineage, address FROM value INDEXED BY value_address WHERE rowid BETWEEN ? AND ? ORDER BY rowid',
  )

  const look = (stored: Row): void => {
    counted()
    const lineage = lineages.byNumber(stored.lineage)
    const address = written(stored.address)
    openBytes(crypt, lineage, address, stored)
    if (place.get(stored.lineage, stored.address) !== stored.rowid) {
      throw corruptValue(lineage.id, address, 'it is not found by its address')
    }
    findings.sawWhole('value', `${lineage.id}/${address}`)
  }

  return walkRows<Row>(db, findings, {
    section: 'values',
    key: ['rowid'],
    select: 'SELECT rowid, lineage, address, salt, body FROM value NOT INDEXED',
    keyOf: ({ rowid }) => [rowid],
    bytes: ({ body }) => (body instanceof Uint8Array ? body.byteLength : 0),
    unread: ([after = 0], [upTo = Number.MAX_SAFE_INTEGER] = []) => {
      const all = ifWhole(() => indexed.all(Number(after) + 1, Number(upTo))) ?? []
      for (const { lineage, address } of all.slice(0, mostUnread)) {
        const whose = ifWhole(() => lineages.byNumber(lineage).id) ?? lineage
        findings.add('value', `${whose}/${written(address)}`, 'the page that it stands on cannot be read')
      }
      if (all.length === 0) findings.add('value', `after ${after}`, 'what comes there stands on a page that cannot be read')
    },
    look: (stored) => findings.checkAll('value', `${stored.lineage}/${written(stored.address)}`, () => look(stored)),
  })
}

function written(address: unknown): string {
  return address instanceof Uint8Array ? Buffer.from(address).toString('hex') : String(address)
}
