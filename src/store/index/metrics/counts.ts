import type Database from 'better-sqlite3'
import type { WorkflowName } from '../../../model/ids.ts'
import { floor, kept } from '../../measure/widths.ts'
import type { Figure } from './account.ts'

type Key = readonly [kind: string, width: number, at: number, workflow: string, name: string, detail: string | number]

interface Change {
  readonly key: Key
  by: number
}

/** Adds figures up, each under every width of bucket, and writes what has changed at once. */
export function countKeeper(index: Database.Database) {
  const put = index
    .prepare<[...Key, number], number>(
      `INSERT INTO metric (kind, width, at, workflow, name, detail, count) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET count = count + excluded.count RETURNING count`,
    )
    .pluck()
  const remove = index.prepare<[...Key]>(
    'DELETE FROM metric WHERE kind = ? AND width = ? AND at = ? AND workflow = ? AND name = ? AND detail = ?',
  )

  return () => {
    const changes = new Map<string, Change>()

    return {
      add: (workflow: WorkflowName, { kind, name, detail, at, count }: Figure): void => {
        for (const width of kept) {
          const key = [kind, width, floor(at, width), workflow, name, detail] as const
          const text = key.join('\n')
          const change = changes.get(text)
          if (change === undefined) changes.set(text, { key, by: count })
          else change.by += count
        }
      },

      write: (): void => {
        for (const { key, by } of changes.values()) {
          if (by !== 0 && put.get(...key, by) === 0) remove.run(...key)
        }
      },
    }
  }
}
