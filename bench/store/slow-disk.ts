import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** What makes each fsync of a process 2 ms slower; undefined where there is no compiler to make it with. */
export function slowDisk(folder: string): NodeJS.ProcessEnv | undefined {
  if (process.platform !== 'linux') return undefined
  const library = join(folder, 'slow-fsync.so')
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, join(import.meta.dirname, 'slow-fsync.c')], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  return { LD_PRELOAD: library, SLOW_FSYNC_US: '2000' }
}
