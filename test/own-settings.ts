/** What the user of this machine trusts is none of a test's business: processes of tests keep what they trust below a folder that is gone with them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export default function setUp(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-settings-'))
  process.env['CAIRN_SETTINGS'] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
