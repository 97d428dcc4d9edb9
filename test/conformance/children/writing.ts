import Database from 'better-sqlite3'

/** Calls after each statement that writes a row, with the table. */
export function watchWriting(wrote: (table: string) => void): void {
  const prepare: unknown = Reflect.get(Database.prototype, 'prepare')
  if (typeof prepare !== 'function') throw new Error('better-sqlite3 prepares in another way')
  Reflect.defineProperty(Database.prototype, 'prepare', {
    value: function prepared(this: unknown, sql: string): unknown {
      const statement: unknown = Reflect.apply(prepare, this, [sql])
      const table = /^(?:INSERT INTO|UPDATE) (\w+) /.exec(sql)?.[1]
      if (typeof statement !== 'object' || statement === null || table === undefined) return statement
      const run: unknown = Reflect.get(statement, 'run')
      if (typeof run !== 'function') return statement
      Reflect.defineProperty(statement, 'run', {
        value: (...given: unknown[]): unknown => {
          const result: unknown = Reflect.apply(run, statement, given)
          wrote(table)
          return result
        },
      })
      return statement
    },
  })
}
