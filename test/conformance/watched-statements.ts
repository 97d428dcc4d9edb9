import Database from 'better-sqlite3'
import { own } from './children/writing.ts'

/** Calls after each statement of this thread's connections, with how many rows it read or wrote. Answers what ends that. */
export function watchStatements(did: (sql: string, rows: number) => void): () => void {
  const prepare = own(Database.prototype, 'prepare')
  const put = (value: unknown): boolean => Reflect.defineProperty(Database.prototype, 'prepare', { value, configurable: true, writable: true })
  put(function prepared(this: unknown, sql: string): unknown {
    const statement: unknown = Reflect.apply(prepare, this, [sql])
    if (typeof statement !== 'object' || statement === null) return statement
    for (const way of ['run', 'get', 'all']) {
      const call = own(statement, way)
      Reflect.defineProperty(statement, way, {
        value: (...given: never[]): unknown => {
          const result: unknown = Reflect.apply(call, statement, given)
          did(sql, rowsIn(result))
          return result
        },
      })
    }
    return statement
  })
  return () => void put(prepare)
}

/** Of `all` the rows, of `run` those that it changed, of `get` the one. */
function rowsIn(result: unknown): number {
  if (Array.isArray(result)) return result.length
  if (typeof result === 'object' && result !== null && 'changes' in result) return Number(result.changes)
  return result === undefined ? 0 : 1
}
