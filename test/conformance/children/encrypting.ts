/** Encrypts the store of a workspace, and dies at a point of that; or says what came of it where the disk takes nothing in place of what was. */
import { randomBytes } from 'node:crypto'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { systemClock } from '../../../src/effects/clock.ts'
import { watchWriting } from './writing.ts'

const [workspace = '', key = '', point = ''] = process.argv.slice(2)

function reached(name: string): void {
  if (name === point) process.kill(process.pid, 'SIGKILL')
}

watchWriting((table) => {
  if (table === 'value') reached('among its values')
  if (table === 'journal') reached('among its entries')
})
const { open, rename } = promises
promises.open = async (...given) => {
  const handle = await open(...given)
  if (point === 'full' && given[1] === 'r+') handle.write = () => Promise.reject(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }))
  return handle
}
promises.rename = async (from, to) => {
  const isStore = String(to).endsWith('store.db')
  if (isStore) reached('before the rename')
  await rename(from, to)
  if (isStore) reached('after the rename')
}
syncBuiltinESMExports()

const { encryptStore } = await import('../../../src/store/crypt/encrypt-store.ts')
const { workspaceKey } = await import('../../../src/store/crypt/workspace-key.ts')
const encrypted = encryptStore({
  workspace,
  key: workspaceKey(Buffer.from(key, 'hex')),
  actor: { kind: 'person', name: 'ann' },
  clock: systemClock,
  randomness: { bytes: randomBytes },
})
process.stdout.write(await encrypted.then(String, String))
