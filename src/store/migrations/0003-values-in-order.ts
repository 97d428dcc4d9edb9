import type { Migration } from '../sqlite/migrate.ts'
import { type Before, isInOrder, isNumber, takeOver } from './past-damage.ts'

const byAddress: Before = {
  table: 'value',
  group: 'lineage',
  key: 'address',
  groups: 'SELECT number FROM lineage',
  columns: 'CAST(salt AS BLOB), CAST(body AS BLOB)',
  which: `${isNumber('lineage')} AND typeof(address) = 'blob'`,
}

/**
 * Values stand in the order in which they came. By their addresses, which are random, each kilobyte took a page of its own
 * and another beside it; now what a group brings fills a page before it begins the next, and only a small index knows
 * where each address is.
 *
 * A value that was damaged, or stands on a page that cannot be read, is no reason not to open the store: it is missed from now on. The table that
 * it was in is left where it is, as in `0011-checkpoints-in-order.ts`.
 */
export const valuesInOrder: Migration = {
  version: 3,
  up: (db) => {
    const wasInOrder = isInOrder(db, 'value')
    db.exec(`
      ALTER TABLE value RENAME TO value_by_address;
      CREATE TABLE value (
        lineage INTEGER NOT NULL,
        address BLOB NOT NULL,
        salt BLOB,
        body BLOB NOT NULL
      ) STRICT;
    `)
    if (wasInOrder) {
      db.exec(`
        INSERT INTO value SELECT lineage, address, salt, body FROM value_by_address ORDER BY lineage, address;
        DROP TABLE value_by_address;
      `)
    }
    db.exec('CREATE UNIQUE INDEX value_address ON value (lineage, address)')
    if (wasInOrder) return
    const put = db.prepare('INSERT OR IGNORE INTO value (lineage, address, salt, body) VALUES (?, ?, ?, ?)')
    takeOver(db, byAddress, (row) => put.run(...row))
  },
}
