/** Brings a store to the newest schema and dies in the middle of one migration, or right after it. */
import { openWriter } from '../../../src/store/sqlite/connection.ts'
import { migrations } from '../../../src/store/migrations/all.ts'
import type { Migration } from '../../../src/store/sqlite/migrate.ts'

const [file = '', version = '', point = ''] = process.argv.slice(2)

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

const walked = migrations.flatMap((migration): Migration[] => {
  if (migration.version !== Number(version)) return [migration]
  if (point === 'after') return [migration, { version: migration.version + 1, up: die }]
  return [
    {
      version: migration.version,
      up: (db) => {
        migration.up(db)
        die()
      },
    },
  ]
})
openWriter(file, 'full', walked.slice(0, Number(version) + 1))
