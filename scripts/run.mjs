/** Runs other programs. Arguments are never put together to a command line, so nothing needs quoting. */
import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { root } from './paths.mjs'

const passed = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/** @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv }} Surroundings */

/**
 * Runs a program to its end and keeps what it wrote.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Surroundings & { isPatient?: boolean }} [surroundings] what is patient has, with all that it starts, little more than what others leave of the processors
 * @returns {Promise<{ code: number, output: string }>} code 127 where it could not be started
 */
export function capture(program, args, { cwd = root, env = process.env, isPatient = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    if (isPatient && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (text) => (output += text))
    }
    child.once('error', (error) => resolve({ code: 127, output: error.message }))
    child.once('close', (code, signal) => resolve({ code: exitCode(code, signal), output }))
  })
}

/**
 * Runs a program on our terminal. A terminal's Ctrl-C reaches it by itself; other signals to us are passed on.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {Surroundings} [surroundings]
 * @returns {Promise<number>} its exit code
 */
export function attend(program, args, { cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: 'inherit' })
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    for (const signal of passed) process.on(signal, pass)
    const abandoned = whenAbandoned(() => child.kill('SIGTERM'))
    const forget = () => {
      clearInterval(abandoned)
      for (const signal of passed) process.off(signal, pass)
    }
    child.once('error', (error) => {
      forget()
      reject(error)
    })
    child.once('close', (code, signal) => {
      forget()
      resolve(exitCode(code, signal))
    })
  })
}

/**
 * npm runs us in a shell that does not pass its signals on, and ends by itself: then nobody is left to wait for.
 * @param {() => void} call
 */
function whenAbandoned(call) {
  const parent = process.ppid
  if (process.env['npm_lifecycle_event'] === undefined) return undefined
  return setInterval(() => {
    if (process.ppid !== parent) call()
  }, 1000)
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function exitCode(code, signal) {
  return code ?? (signal === null ? 1 : 128 + constants.signals[signal])
}
