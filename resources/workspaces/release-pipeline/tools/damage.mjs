/**
 * Changes one bit of what the newest step put out, in the store of this workspace, as a disk does that fails: damage.mjs. It is for watching
 * what becomes of that, and nothing that anybody else would want.
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const db = new DatabaseSync(join('.cairn', 'store.db'))
const { row, body } = db.prepare('SELECT rowid AS row, body FROM value ORDER BY rowid DESC LIMIT 1').get() ?? {}
if (!(body instanceof Uint8Array) || !Buffer.from(body).includes('stdout')) {
  console.error('no step has put anything out yet: do it again once one has, while another is at work')
  process.exit(1)
}
const middle = Math.floor(body.length / 2)
const damaged = Uint8Array.from(body, (octet, index) => (index === middle ? octet ^ 1 : octet))
db.prepare('UPDATE value SET body = ? WHERE rowid = ?').run(damaged, row)
db.close()
console.log(`changed one bit of ${body.length} bytes`)
