/**
 * What properties are tried with is drawn anew each time: an author's machine looks further every day. Whoever decides on a change names the
 * seed instead (`CAIRN_SEED`, a whole number), so that what was tried on the same files before is what is tried on them again.
 */
import fc from 'fast-check'

const seed = process.env['CAIRN_SEED']
if (seed !== undefined) {
  if (!/^\d{1,10}$/.test(seed)) throw new Error(`CAIRN_SEED is ${JSON.stringify(seed)}, and must be a whole number of at most ten digits`)
  // It keeps 32 bits of it.
  fc.configureGlobal({ seed: Number(seed) | 0 })
}
