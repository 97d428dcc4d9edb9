/**
 * Asks what is live in a place whether it is well, in a process of its own: verify.mjs PLACE DIGEST [TROUBLE…]. Ends with 65 where that
 * is not what was built.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { releaseOf } from './place.mjs'

const [place = '', digest = '', ...trouble] = process.argv.slice(2)
const live = join(releaseOf(place, digest), 'till.mjs')
const arrived = createHash('sha256').update(readFileSync(live)).digest('hex').slice(0, 12)
if (arrived !== digest) {
  console.error(`${digest} was built, and ${arrived} is live: not all of it has arrived`)
  process.exit(65)
}

const ask = `
  const { receipt, version } = await import(process.argv[1])
  console.log('version ' + version + ' answers: ' + receipt([{ cents: 100, amount: 1 }]))`

const file = pathToFileURL(resolve(live)).href
const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', ask, file], { stdio: 'inherit' })
if (status !== 0) process.exit(1)
if (trouble.includes('unwell')) {
  console.error('of 200 requests 61 were answered 500: it is not well')
  process.exit(1)
}
console.log('200 of 200 requests were answered well')
