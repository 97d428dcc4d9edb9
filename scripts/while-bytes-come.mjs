/** Runs a program for as long as it gets on: what it fetches is seen to grow, whatever it says of it. */
import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {object} how
 * @param {NodeJS.ProcessEnv} how.env
 * @param {readonly string[]} how.growing the folders that it writes to
 * @param {number} how.patience how long they may stay as they are before it is ended, in milliseconds
 * @returns {Promise<boolean>} true where it ended by itself, and well
 */
export function runWhileBytesCome(program, args, { env, growing, patience }) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: 'ignore', windowsHide: true })
    let bytes = bytesIn(growing)
    let since = performance.now()
    const look = setInterval(() => {
      const now = bytesIn(growing)
      if (now !== bytes) since = performance.now()
      bytes = now
      if (performance.now() - since > patience) child.kill('SIGKILL')
    }, Math.min(1_000, patience))
    const end = (/** @type {boolean} */ well) => {
      clearInterval(look)
      resolve(well)
    }
    child.once('error', () => end(false))
    child.once('close', (code) => end(code === 0))
  })
}

/** @param {readonly string[]} folders */
function bytesIn(folders) {
  return folders.reduce((sum, folder) => sum + bytesBelow(folder), 0)
}

/** What goes away while it is looked at counts as nothing. @param {string} folder @returns {number} */
function bytesBelow(folder) {
  try {
    return readdirSync(folder, { recursive: true }).reduce((sum, name) => {
      return sum + (statSync(join(folder, String(name)), { throwIfNoEntry: false })?.size ?? 0)
    }, 0)
  } catch {
    return 0
  }
}
