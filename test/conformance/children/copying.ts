/** Backs a store up, or puts a backup in its place, and dies at a point of that, or stands still there and says so. */
import { randomBytes } from 'node:crypto'
import fsSync from 'node:fs'
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { systemClock } from '../../../src/effects/clock.ts'

const [what = '', workspace = '', file = '', point = '', end = 'dies'] = process.argv.slice(2)

function reached(name: string): void {
  if (name !== point) return
  if (end === 'dies') process.kill(process.pid, 'SIGKILL')
  fsSync.writeSync(1, `${point}\n`)
  process.kill(process.pid, 'SIGSTOP')
}

/** Before and after the one rename by which the new takes the place of the old, and before and after each that anchors. */
const { link, rename } = fs
let anchored = 0
fs.rename = async (from, to) => {
  const isAnchor = String(to).endsWith('anchor.json')
  const isTheOne = !isAnchor && !String(to).endsWith('-wal')
  if (isAnchor) reached(['before both are anchored', 'before it alone is anchored'][anchored] ?? '')
  if (isTheOne) reached('before the rename')
  await rename(from, to)
  if (isTheOne) reached('after the rename')
  if (String(to).endsWith('-wal')) reached('with the WAL set aside')
  if (isAnchor) reached(['with both anchored', 'with it alone anchored'][anchored++] ?? '')
}
fs.link = async (from, to) => {
  await link(from, to)
  reached('with the one of before kept')
}
syncBuiltinESMExports()

const { copyStore } = await import('../../../src/store/backup/copy-store.ts')
const { putBack } = await import('../../../src/store/backup/put-back.ts')
const { storePaths } = await import('../../../src/store/paths.ts')
let isVerifying = false
const told = ({ type }: { readonly type: string }): void => {
  reached(type)
  isVerifying = type === 'verifying'
}
const goOn = (): void => {
  if (isVerifying) reached('the first row')
}

if (what === 'back up') await copyStore(storePaths(workspace).store, file, { told, goOn })
else await putBack({ workspace, from: file, kept: 'kept.db', actor: { kind: 'person', name: 'ann' }, clock: systemClock, randomness: { bytes: randomBytes }, told, takes: () => undefined })
