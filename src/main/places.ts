/** Where the built parts of the desktop lie: this file's own bundle is one of them. */
import { join } from 'node:path'
import type { Program } from '../contract/desktop/host.ts'

const out = join(import.meta.dirname, '..')

export const preloadFile = join(out, 'preload', 'preload.cjs')
export const pageFolder = join(out, 'renderer')
export const hostFile = join(out, 'main', 'host.js')

export function programFile(program: Program): string {
  return join(out, 'main', `${program}.js`)
}
