/** Brings a file to a schema whose newest migration never ends: it is killed in the middle of it. */
import { openWriter } from '../../../src/store/sqlite/connection.ts'
import { migrations } from '../../../src/store/migrations/all.ts'
import type { Migration } from '../../../src/store/sqlite/migrate.ts'

const deadly: Migration = {
  version: migrations.length + 1,
  up: (db) => {
    db.exec("CREATE TABLE half (done INTEGER); INSERT INTO half VALUES (1); UPDATE run SET workflow = 'other'; DROP TABLE signal")
    process.kill(process.pid, 'SIGKILL')
  },
}

openWriter(process.argv[2] ?? '', 'full', [...migrations, deadly])
