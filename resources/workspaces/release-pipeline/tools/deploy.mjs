/** Puts what was built into a place and makes it live: deploy.mjs FOLDER PLACE DIGEST [TROUBLE…]. Done once more for one run, it changes nothing. */
import { cpSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { deployer, isFirst, releaseOf, releasesAt, setReleases } from './place.mjs'

const [folder = '', place = '', digest = '', ...trouble] = process.argv.slice(2)
const releases = releasesAt(place)

if (trouble.includes('frozen-place') && process.env.CAIRN_ATTEMPT === '1') {
  console.error(`${place} is frozen, and takes no deployment today`)
  process.exit(1)
}

if (releases.some((release) => release.by === deployer())) {
  console.log(`${digest} is in ${place} already`)
} else {
  cpSync(join(folder, 'dist'), releaseOf(place, digest), { recursive: true })
  if (trouble.includes('half-deployed') && isFirst()) truncateSync(join(releaseOf(place, digest), 'till.mjs'), 100)
  console.log(`copied ${digest} to ${place}`)
  setReleases(place, [...releases, { digest, by: deployer() }])
  console.log(`live in ${place}: ${digest}, before that ${releases.at(-1)?.digest ?? 'nothing'}`)
}
