import type { LogLevel } from '../../../model/log.ts'
import type { Log } from './merge-logs.ts'

const gravity: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

/** Lines of this level or graver that have the text in what they say, their step or their data. */
export function searchLogs(logs: readonly Log[], least: LogLevel, text: string): readonly Log[] {
  const sought = text.trim().toLowerCase()
  return logs.filter((log) => {
    if (gravity[log.level] < gravity[least]) return false
    if (sought === '' || log.message.toLowerCase().includes(sought) || log.step.toLowerCase().includes(sought))
      return true
    return log.data !== null && JSON.stringify(log.data).toLowerCase().includes(sought)
  })
}
