import type Database from 'better-sqlite3'
import type { HostEntry } from '../../model/entry.ts'
import { ofWorkspace, plain } from '../crypt/crypt.ts'
import { rowColumns, sealRow } from '../format/row.ts'
import { throttleFormat } from '../format/throttle.ts'

/** Has the rows of throttles say what an entry of the journal says of them, in the transaction of that entry. */
export function throttleWriter(db: Database.Database): (entry: HostEntry) => void {
  const put = db.prepare(`INSERT OR REPLACE INTO throttle (${rowColumns(throttleFormat)}) VALUES (?, ?, ?, ?)`)
  const remove = db.prepare('DELETE FROM throttle WHERE workflow = ? AND dependency = ?')
  return ({ events }) => {
    for (const event of events) {
      if (event.type === 'throttle_set') {
        const { workflow, dependency } = event.throttle
        const { content, checksum } = sealRow(plain, ofWorkspace, throttleFormat, [workflow, dependency], event.throttle)
        put.run(workflow, dependency, content, checksum)
      } else if (event.type === 'throttle_lifted') remove.run(event.workflow, event.dependency)
    }
  }
}
