import type { Migration } from '../sqlite/migrate.ts'

/**
 * Values stand in the order in which they came. By their addresses, which are random, each kilobyte took a page of its own
 * and another beside it; now what a group brings fills a page before it begins the next, and only a small index knows
 * where each address is.
 */
export const valuesInOrder: Migration = {
  version: 3,
  up: (db) =>
    db.exec(`
      ALTER TABLE value RENAME TO value_by_address;
      CREATE TABLE value (
        lineage INTEGER NOT NULL,
        address BLOB NOT NULL,
        salt BLOB,
        body BLOB NOT NULL
      ) STRICT;
      INSERT INTO value SELECT lineage, address, salt, body FROM value_by_address ORDER BY lineage, address;
      DROP TABLE value_by_address;
      CREATE UNIQUE INDEX value_address ON value (lineage, address);
    `),
}
