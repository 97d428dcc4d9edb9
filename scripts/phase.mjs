/** Says what is going on, a line for each phase with the seconds it took. */

/** What a person can do about, without a stack. `details` is shown first and may be long. */
export class Trouble extends Error {
  /**
   * @param {string} message what happened and the way out
   * @param {string} [details]
   */
  constructor(message, details = '') {
    super(message)
    this.details = details
  }
}

const live = process.stderr.isTTY

/** @param {number} started */
const seconds = (started) => `${((performance.now() - started) / 1000).toFixed(1)} s`

/**
 * Shows a phase while it lasts and when it is over.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function phase(name, work) {
  const started = performance.now()
  const show = () => process.stderr.write(`\r… ${name} ${seconds(started)}`)
  const tick = live ? setInterval(show, 500) : undefined
  if (live) show()
  else process.stderr.write(`… ${name}\n`)
  try {
    const result = await work()
    process.stderr.write(`${live ? '\r\x1b[K' : ''}✓ ${name} ${seconds(started)}\n`)
    return result
  } catch (error) {
    process.stderr.write(`${live ? '\r\x1b[K' : ''}✗ ${name} ${seconds(started)}\n`)
    throw error
  } finally {
    clearInterval(tick)
  }
}

/**
 * Runs a command of ours: its answer becomes the exit code, trouble is told in words.
 * @param {() => Promise<number>} work
 */
export async function command(work) {
  try {
    process.exitCode = await work()
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
    if (error.details !== '') process.stderr.write(`${error.details.trimEnd()}\n\n`)
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
