/** Starts the desktop on Electron's runtime, and tells one that came up from one that could not. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './paths.mjs'
import { attend } from './run.mjs'

/** Exit codes of somebody's wish that it end, which is no failure of it. */
const wished = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)])

/**
 * Runs the desktop to its end.
 *
 * A runtime that is here need not run: a library may be missing, or its sandbox not be permitted, which it finds out before a line of ours
 * has run. So the desktop leaves a sign once its window is shown, or once it has said by itself why it ends.
 * @param {string} runtime
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<{ code: number, why: string | undefined }>} `why` says what kept it from coming up, where something did
 */
export async function startDesktop(runtime, args, cwd) {
  // Inherited from an editor that is an Electron itself, the first would make a Node of ours.
  const { ELECTRON_RUN_AS_NODE: _, ...inherited } = process.env
  const folder = mkdtempSync(join(tmpdir(), 'cairn-desktop-'))
  const sign = join(folder, 'came-up')
  try {
    const code = await attend(runtime, [root, ...args], { cwd, env: { ...inherited, CAIRN_CAME_UP: sign } })
    if (code === 0 || wished.includes(code) || existsSync(sign)) return { code, why: undefined }
    return { code, why: `the desktop ended with exit code ${code} before its window was shown; what it said of that stands above` }
  } catch (error) {
    return { code: 127, why: `${runtime} cannot be run: ${error instanceof Error ? error.message : String(error)}` }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
