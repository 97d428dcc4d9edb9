/** A place that releases go to: a folder of them, and a file that says what was deployed, by which run; the last line is live. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {{ readonly digest: string, readonly by: string }} Release */

/** @param {string} place */
export const folderOf = (place) => join('places', place)

/** @param {string} place @param {string} digest */
export const releaseOf = (place, digest) => join(folderOf(place), 'releases', digest)

/** @param {string} place */
const fileOf = (place) => join(folderOf(place), 'deployed.txt')

/** The newest last; none where nothing was deployed yet. @param {string} place @returns {Release[]} */
export function releasesAt(place) {
  const text = existsSync(fileOf(place)) ? readFileSync(fileOf(place), 'utf8') : ''
  return text.split('\n').filter(Boolean).map((line) => {
    const [digest = '', by = ''] = line.split(' ')
    return { digest, by }
  })
}

/** Takes the place of what was there in one go, so that nobody reads half of it. @param {string} place @param {Release[]} releases */
export function setReleases(place, releases) {
  mkdirSync(folderOf(place), { recursive: true })
  const written = `${fileOf(place)}.${process.pid}`
  writeFileSync(written, releases.map(({ digest, by }) => `${digest} ${by}\n`).join(''))
  renameSync(written, fileOf(place))
}

/** Nothing of this was taken back before: a run that has been rolled back does it under another key. */
export const isFirst = () => (process.env.CAIRN_IDEMPOTENCY_KEY ?? '').split('/')[3] === '0'

/** Who deploys: the run, whichever attempt of it. */
export const deployer = () => (process.env.CAIRN_IDEMPOTENCY_KEY ?? 'by-hand').split('/')[0] ?? 'by-hand'
