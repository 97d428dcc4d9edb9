/** Makes live in one place what is in another: bring.mjs FROM TO DIGEST. Done once more for one run, it changes nothing. */
import { cpSync } from 'node:fs'
import { deployer, releaseOf, releasesAt, setReleases } from './place.mjs'

const [from = '', to = '', digest = ''] = process.argv.slice(2)
const releases = releasesAt(to)
if (releases.some(({ by }) => by === deployer())) {
  console.log(`${digest} is in ${to} already`)
} else {
  if (!releases.some((release) => release.digest === digest)) cpSync(releaseOf(from, digest), releaseOf(to, digest), { recursive: true })
  setReleases(to, [...releases, { digest, by: deployer() }])
  console.log(`live in ${to}: ${digest}, before that ${releases.at(-1)?.digest ?? 'nothing'}`)
}
