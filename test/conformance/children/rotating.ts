/** Gives the store of a workspace another key, and dies at a point of that. */
import fs from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { homes, sourcesOf } from '../keys.ts'
import { watchWriting } from './writing.ts'

const [workspace = '', of, point = ''] = process.argv.slice(2)
const home = homes.find((each) => each === of) ?? 'file'

function reached(name: string): void {
  if (name === point) process.kill(process.pid, 'SIGKILL')
}

let wrapped = 0
watchWriting((table) => {
  if (table === 'journal') reached('the next key made')
  if (table === 'data_key' && ++wrapped === 2) reached('among its keys')
  if (table === 'keyring') reached('all keys wrapped')
})
const [{ linkSync, renameSync }, { open, rename }] = [fs, promises]
promises.open = async (...given) => {
  const handle = await open(...given)
  if (/\.next(\.part)?$/.test(String(given[0]))) reached('the next key begun')
  return handle
}
promises.rename = async (from, to) => {
  if (String(to).endsWith('anchor.json')) reached('committed')
  await rename(from, to)
}
fs.linkSync = (from, to) => {
  reached('before the one before is kept')
  linkSync(from, to)
}
fs.renameSync = (from, to) => {
  reached('before the rename')
  renameSync(from, to)
  reached('after the rename')
}
syncBuiltinESMExports()

const { rotateKey } = await import('../../../src/host/rotate-key.ts')
const keys = sourcesOf(home)
await rotateKey(workspace, keys === undefined ? {} : { keys })
