/** The Electron that the desktop's tests run on: the one that the environment names, or the one beside its package. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe } from 'vitest'
import { root } from '../house/checkout.ts'

const named = 'ELECTRON_OVERRIDE_DIST_PATH'
// Relative to the checkout, wherever a test runs a program.
for (const name of [named, 'ELECTRON_DOUBLE_NODE']) {
  const place = process.env[name]
  if (place?.includes('/') === true) process.env[name] = resolve(root, place)
}

const isThere = process.env[named] !== undefined || existsSync(join(root, 'node_modules', 'electron', 'path.txt'))
const why = isThere ? '' : `, skipped: no Electron is installed, and ${named} names none`

/** Tests of the desktop, which are skipped where there is nothing to run it on. */
export function onElectron(name: string, tests: () => void): void {
  if (!isThere) process.stderr.write(`${name}${why}\n`)
  describe.skipIf(!isThere)(`${name}${why}`, () => {
    tests()
  })
}
