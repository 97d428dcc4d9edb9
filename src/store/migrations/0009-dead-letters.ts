import type { Migration } from '../sqlite/migrate.ts'

/** Which pending decisions are of the dead-letter queue: nobody is called for them, and lists ask for the others alone. */
export const deadLetters: Migration = {
  version: 9,
  up: (db) =>
    db.exec(`
      ALTER TABLE pending ADD COLUMN queued INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX pending_queued ON pending (opened_at, id) WHERE queued = 1;
    `),
}
