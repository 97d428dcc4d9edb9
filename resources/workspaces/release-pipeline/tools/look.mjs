/** Says what is live in a place, which takes a while: look.mjs PLACE SECONDS */
import { setTimeout } from 'node:timers/promises'
import { releasesAt } from './place.mjs'

const [place = '', seconds = '0'] = process.argv.slice(2)
const live = releasesAt(place).at(-1)
if (live === undefined) {
  console.error(`nothing is live in ${place}: release something to it first`)
  process.exit(1)
}
await setTimeout(1_000 * Number(seconds))
console.log(`live in ${place}: ${live.digest}`)
