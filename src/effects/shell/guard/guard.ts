import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { extname, join } from 'node:path'
import { inheritedEnvironment } from '../../executor/environment.ts'

/** Sees to it that a program does not outlive the process that runs it. */
export interface Guard {
  /** From now on it is known who leads the tree, and not only how it is marked. */
  over(leader: number): void
  /** Nothing is left to be watched over. */
  dismiss(): Promise<void>
}

/**
 * A guard for what carries the mark. It learns of our end by a pipe that closes then, however that comes about. `lost` is
 * called where it ends before it is dismissed.
 * @throws Error where no process can be started
 */
export async function postGuard(mark: string, lost: () => void): Promise<Guard> {
  const guard = spawn(process.execPath, [guardEntry()], {
    // The desktop's executors run in a program that is Node only where it is told so.
    env: { ...inheritedEnvironment(), ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['pipe', 'ignore', 'ignore'],
    // Out of reach of what ends the executor with its group.
    detached: true,
    windowsHide: true,
  })
  await once(guard, 'spawn')
  guard.stdin.on('error', () => undefined)
  guard.stdin.write(`${mark}\n`)
  guard.once('exit', lost)
  return {
    over: (leader) => guard.stdin.write(`${leader}\n`),
    async dismiss() {
      guard.off('exit', lost)
      if (guard.exitCode !== null || guard.signalCode !== null) return
      guard.kill('SIGKILL')
      await once(guard, 'exit')
    },
  }
}

/** Beside this file where the program runs from its sources; beside the executor's own, and called like it, where it was bundled. */
function guardEntry(): string {
  const { dirname, filename } = import.meta
  return join(dirname, filename.endsWith('.ts') ? 'main.ts' : `guard${extname(filename)}`)
}
