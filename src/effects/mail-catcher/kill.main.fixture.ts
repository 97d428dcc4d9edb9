/** For tests: a catcher over the folder that its argument names. It tells its parent the port, and waits to be killed. */
import { systemClock } from '../clock.ts'
import { systemRandomness } from '../randomness.ts'
import { startMailCatcher } from './mail-catcher.ts'

const [folder = ''] = process.argv.slice(2)
const parts = { clock: systemClock, randomness: systemRandomness() }
const troubled = (what: string, error: unknown): void => void process.stderr.write(`${what}: ${String(error)}\n`)
const { port } = await startMailCatcher({ ...parts, folder, port: 0, troubled })
process.send?.(port)
