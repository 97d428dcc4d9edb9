/** Tells whoever started the program that it runs: `scripts/start-desktop.mjs` starts the headless host where it does not. */
import { writeFileSync } from 'node:fs'

/** The file that is to appear. No process of ours inherits its name. */
let sign = process.env['CAIRN_CAME_UP']
delete process.env['CAIRN_CAME_UP']

/** A window is shown, or a person has been told why none is. */
export function tellCameUp(): void {
  if (sign === undefined) return
  try {
    writeFileSync(sign, '')
  } catch {
    // Who waited for it has gone.
  }
  sign = undefined
}
