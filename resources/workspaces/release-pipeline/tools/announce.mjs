/** Tells those who wait for a release that it is there: announce.mjs PLACE VERSION [TROUBLE…]. Nobody is told twice of one run. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deployer, folderOf } from './place.mjs'

const [place = '', version = '', ...trouble] = process.argv.slice(2)
const log = join(folderOf(place), 'announced.log')

if (trouble.includes('no-audience')) {
  console.error('nobody is on the list')
  process.exit(1)
}
mkdirSync(folderOf(place), { recursive: true })
const told = existsSync(log) ? readFileSync(log, 'utf8') : ''
if (!told.includes(deployer())) appendFileSync(log, `${version} by ${deployer()}\n`)
console.log(`announced ${version} of ${place}`)
