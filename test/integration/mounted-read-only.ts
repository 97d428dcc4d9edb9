/** What a command does where something is mounted read-only, which is so for that process alone. */
import { spawnSync } from 'node:child_process'
import { bundledEntry } from '../bundled-program.ts'
import { compiledOnce } from '../compiled-once.ts'

/** Whether the system lets a test mount anything: Linux does, where it gives users a namespace of their own. */
export const canMount = process.platform === 'linux' && spawnSync('unshare', ['-rm', 'true']).status === 0

const mount = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'

/** What `cairn` answers where a file or a folder of its workspace, or all of it, is mounted so. */
export function cairnReadOnly(workspace: string, args: readonly string[], mounted = workspace): { readonly exitCode: number | null; readonly out: string; readonly err: string } {
  const command = [process.execPath, bundledEntry('cli'), ...args, '-w', workspace]
  const { status, stdout, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', mount, mounted, ...command], { encoding: 'utf8', env: compiledOnce })
  return { exitCode: status, out: stdout, err: stderr }
}
