import { readFile } from 'node:fs/promises'
import pidusage from 'pidusage'
import type { Millis } from '../../model/ids.ts'

/** What a process takes: resident memory in bytes, and the processor time that it has had so far. */
export interface Usage {
  readonly memory: number
  readonly cpuTime: Millis
}

/** Looks at processes from outside. Those that are gone are left out. */
export async function usageOf(pids: readonly number[]): Promise<ReadonlyMap<number, Usage>> {
  const found = await Promise.all(pids.map(async (pid) => [pid, await usage(pid)] as const))
  return new Map(found.flatMap(([pid, taken]) => (taken === undefined ? [] : [[pid, taken]])))
}

async function usage(pid: number): Promise<Usage | undefined> {
  try {
    return process.platform === 'linux' ? await fromProc(pid) : await fromTable(pid)
  } catch {
    // The process is gone; its exit tells the rest.
    return undefined
  }
}

async function fromTable(pid: number): Promise<Usage> {
  const { memory, ctime } = await pidusage(pid)
  return { memory, cpuTime: ctime }
}

/** Milliseconds of one tick in /proc: the kernel shows 100 a second to everybody, whatever its own clock. */
const tick = 10

async function fromProc(pid: number): Promise<Usage | undefined> {
  const [status, stat] = await Promise.all([readFile(`/proc/${pid}/status`, 'utf8'), readFile(`/proc/${pid}/stat`, 'utf8')])
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]
  // The program's name stands in parentheses and may hold anything; user and system time are fields 14 and 15.
  const [user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13)
  if (resident === undefined || user === undefined || system === undefined) return undefined
  return { memory: Number(resident) * 1_024, cpuTime: (Number(user) + Number(system)) * tick }
}
