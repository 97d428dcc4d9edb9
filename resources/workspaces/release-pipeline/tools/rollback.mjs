/** Takes what a run has deployed out of a place, so that what was there before is live again: rollback.mjs PLACE DIGEST */
import { deployer, releasesAt, setReleases } from './place.mjs'

const [place = '', digest = ''] = process.argv.slice(2)
const rest = releasesAt(place).filter((release) => release.by !== deployer())
setReleases(place, rest)
console.log(`took ${digest} out of ${place}: live is ${rest.at(-1)?.digest ?? 'nothing'}`)
