import Database from 'better-sqlite3'

/** Calls after each statement that writes a row, or takes some away, with the table. */
export function watchWriting(wrote: (table: string) => void): void {
  const prepare = own(Database.prototype, 'prepare')
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

/** Calls, instead of SQLite's own work, what does it: for each pragma, each text that is executed, and each pragma that is prepared. */
export function watchSql(around: (sql: string, work: () => unknown) => unknown): void {
  for (const way of ['pragma', 'exec']) {
    const call = own(Database.prototype, way)
    Reflect.defineProperty(Database.prototype, way, {
      value: function watched(this: unknown, sql: string, ...given: unknown[]): unknown {
        return around(sql, () => Reflect.apply(call, this, [sql, ...given]))
      },
    })
  }
  const prepare = own(Database.prototype, 'prepare')
  Reflect.defineProperty(Database.prototype, 'prepare', {
    value: function prepared(this: unknown, sql: string): unknown {
      const statement: unknown = Reflect.apply(prepare, this, [sql])
      if (typeof statement !== 'object' || statement === null || !sql.startsWith('PRAGMA ')) return statement
      const get = own(statement, 'get')
      Reflect.defineProperty(statement, 'get', { value: (...given: unknown[]): unknown => around(sql, () => Reflect.apply(get, statement, given)) })
      return statement
    },
  })
}

export function own(object: object, name: string): (...given: never[]) => unknown {
  const call: unknown = Reflect.get(object, name)
  if (!isCall(call)) throw new Error(`better-sqlite3 has no ${name} any more`)
  return call
}

function isCall(value: unknown): value is (...given: never[]) => unknown {
  return typeof value === 'function'
}
