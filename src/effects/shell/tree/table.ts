/** The processes of this machine, as far as this user may know. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import type { Row } from './members.ts'

/** Every process that is alive, each with whether the mark stands in its environment. */
export function processTable(mark: string): readonly Row[] {
  return process.platform === 'linux' ? fromProc(mark) : fromPs(mark)
}

function fromProc(mark: string): readonly Row[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.flatMap((pid) => {
    const row = rowOfStat(read(`/proc/${pid}/stat`))
    return row === undefined ? [] : [{ ...row, isMarked: read(`/proc/${pid}/environ`).includes(mark) }]
  })
}

/** Nothing of a process that is gone, or another's. */
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}

/** What has ended and is only not buried yet is none any more. */
function rowOfStat(stat: string): Omit<Row, 'isMarked'> | undefined {
  // The program's name stands in parentheses and may hold anything.
  const [state = '', ...numbers] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [parent, group, session] = numbers.map(Number)
  const pid = Number.parseInt(stat, 10)
  if (parent === undefined || group === undefined || session === undefined || 'ZX'.includes(state)) return undefined
  return { pid, parent, group, session }
}

/** Where there is no /proc: macOS tells its user the environment of that user's processes beside their command lines. */
function fromPs(mark: string): readonly Row[] {
  const { stdout } = spawnSync('ps', ['-A', '-E', '-ww', '-o', 'pid=,ppid=,pgid=,stat=,command='], { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 })
  return rowsOfPs(stdout ?? '', mark)
}

export function rowsOfPs(table: string, mark: string): readonly Row[] {
  return table.split('\n').flatMap((line) => {
    const [, pid, parent, group, state = 'Z', command = ''] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s*(.*)$/.exec(line) ?? []
    if (state.startsWith('Z')) return []
    return [{ pid: Number(pid), parent: Number(parent), group: Number(group), session: null, isMarked: command.includes(mark) }]
  })
}
