/** Electron's runtime: the program that its package names, where it is here; and the one try a day to get it. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { root } from './paths.mjs'
import { phase } from './phase.mjs'
import { node } from './runtime.mjs'
import { runWhileBytesCome } from './while-bytes-come.mjs'

const folder = join(root, 'node_modules', 'electron')

/** Holds when the download was last tried. */
const tried = join(root, 'node_modules', '.cache', 'cairn', 'electron-tried')
const day = 86_400_000

/** How long the download may stand still before it is given up, in milliseconds. */
const patience = 15_000

/** The runtime that the environment names, as Electron's own package reads it. @returns {string | undefined} */
export function namedRuntime() {
  const place = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  return place === undefined || place === '' ? undefined : existing(join(resolve(root, place), executableName()))
}

/** The runtime beside its package. @returns {string | undefined} */
export function installedRuntime() {
  return existsSync(join(folder, 'path.txt')) ? existing(join(folder, 'dist', executableName())) : undefined
}

/** When the download was tried within the last day. @returns {Date | undefined} */
export function triedToday() {
  if (!existsSync(tried)) return undefined
  const at = new Date(readFileSync(tried, 'utf8'))
  return Date.now() - at.getTime() < day ? at : undefined
}

/** Has the package download its runtime. @returns {Promise<string | undefined>} the runtime, where that came to an end */
export async function download() {
  mkdirSync(dirname(tried), { recursive: true })
  writeFileSync(tried, new Date().toISOString())
  const passing = mkdtempSync(join(tmpdir(), 'cairn-electron-'))
  const env = { ...process.env, TMPDIR: passing, TEMP: passing, TMP: passing }
  try {
    const growing = [passing, join(folder, 'dist')]
    await phase('Downloading Electron', () => runWhileBytesCome(node, [join(folder, 'install.js')], { env, growing, patience }))
  } finally {
    rmSync(passing, { recursive: true, force: true })
  }
  return installedRuntime()
}

/** @returns {string} */
function executableName() {
  const named = join(folder, 'path.txt')
  return existsSync(named) ? readFileSync(named, 'utf8').trim() : 'electron'
}

/** @param {string} file */
function existing(file) {
  return existsSync(file) ? file : undefined
}
