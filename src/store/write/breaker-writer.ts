import type Database from 'better-sqlite3'
import type { HostEntry } from '../../model/entry.ts'
import { ofWorkspace, plain } from '../crypt/crypt.ts'
import { breakerFormat } from '../format/breaker.ts'
import { rowColumns, sealRow } from '../format/row.ts'

/** Has the rows of breakers say what an entry of the journal says of them, in the transaction of that entry. */
export function breakerWriter(db: Database.Database): (entry: HostEntry) => void {
  const put = db.prepare(`INSERT OR REPLACE INTO breaker (${rowColumns(breakerFormat)}) VALUES (?, ?, ?, ?)`)
  const remove = db.prepare('DELETE FROM breaker WHERE workflow = ? AND dependency = ?')
  return ({ events }) => {
    for (const event of events) {
      if (event.type === 'breaker_opened') {
        const { workflow, dependency } = event.breaker
        const { content, checksum } = sealRow(plain, ofWorkspace, breakerFormat, [workflow, dependency], event.breaker)
        put.run(workflow, dependency, content, checksum)
      } else if (event.type === 'breaker_closed') remove.run(event.workflow, event.dependency)
    }
  }
}
