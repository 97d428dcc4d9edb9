import Database from 'better-sqlite3'

/** Calls after each statement that writes a row, or takes some away, with the table. */
export function watchWriting(wrote: (table: string) => void): void {
  const prepare: unknown = Reflect.get(Database.prototype, 'prepare')
  if (typeof prepare !== 'function') throw new Error('better-sqlite3 prepares in another way')
  Reflect.defineProperty(Database.prototype, 'prepare', {
    value: function prepared(this: unknown, sql: string): unknown {
      const statement: unknown = Reflect.apply(prepare, this, [sql])
      const table = /^(?:INSERT INTO|INSERT OR REPLACE INTO|UPDATE|DELETE FROM) (\w+) /.exec(sql)?.[1]
      if (typeof statement !== 'object' || statement === null || table === undefined) return statement
      for (const way of ['run', 'all']) {
        const call: unknown = Reflect.get(statement, way)
        if (typeof call !== 'function') continue
        Reflect.defineProperty(statement, way, {
          value: (...given: unknown[]): unknown => {
            const result: unknown = Reflect.apply(call, statement, given)
            wrote(table)
            return result
          },
        })
      }
      return statement
    },
  })
}
