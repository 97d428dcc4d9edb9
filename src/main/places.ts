/** Where the built parts of the desktop lie: this file's own bundle is one of them. */
import { join } from 'node:path'
import type { Program } from '../contract/desktop/host.ts'

const out = join(import.meta.dirname, '..')
const resources = join(out, '..', 'resources')

export const preloadFile = join(out, 'preload', 'preload.cjs')
export const pageFolder = join(out, 'renderer')
/** With `@2x` beside it, which Electron finds by itself. What macOS shows is black. */
export const trayImage = join(resources, 'tray', process.platform === 'darwin' ? 'cairnTemplate.png' : 'cairn.png')
export const hostFile = join(out, 'main', 'host.js')

export function programFile(program: Program): string {
  return join(out, 'main', `${program}.js`)
}
