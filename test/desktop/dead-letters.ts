/** Why a desktop of Node's own processes must be told what Electron knows by itself. */
import type { ElectronApplication } from 'playwright-core'

/**
 * A message to a process that has just died is lost, on Electron, without a word. Where its processes are Node's, the
 * same message is an error of main, which nobody can foresee: death is heard of later than it happens. On Electron itself nothing is lost
 * here: an error of a child of main is one of ours there.
 */
export async function loseWhatIsSentToTheDead(app: ElectronApplication): Promise<void> {
  await app.evaluate((electron) => {
    if (!('__double' in electron)) return
    const { ChildProcess } = process.getBuiltinModule('node:child_process')
    const { emit } = ChildProcess.prototype
    ChildProcess.prototype.emit = function (name: string | symbol, ...args: unknown[]): boolean {
      const [error] = args
      const isLost = name === 'error' && error instanceof Error && 'syscall' in error && error.syscall === 'write'
      return isLost || Boolean(Reflect.apply(emit, this, [name, ...args]))
    }
  })
}
