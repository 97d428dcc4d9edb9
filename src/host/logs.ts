import { join } from 'node:path'
import { pino, type Logger } from 'pino'
import type { Notification } from '../engine/ports.ts'
import type { JournalEntry } from '../model/entry.ts'
import type { Failure } from '../model/failure.ts'
import type { Signal } from '../model/log.ts'
import { LogFile } from './log-file.ts'

/** From the least grave on. */
type LogLevel = 'debug' | 'info' | 'warn'

export interface Logs extends Notification {
  readonly log: Logger
  /** What is logged from now on: this, and all that is graver. */
  from(level: LogLevel): void
  /** Why nothing can be logged; null where it can. */
  trouble(): Failure | null
  close(): Promise<void>
}

/**
 * The host's log: one JSON line for each journal entry and each signal, with the correlation id wherever a run is
 * spoken of, in a file of the day on which the host started. Where the store is encrypted, the log `leavesOut` what code
 * and people wrote: it says what happened, when, and to what.
 */
export function openLogs(folder: string, startedAt: number, { leavesOut = false, level = 'info' }: { readonly leavesOut?: boolean; readonly level?: LogLevel } = {}): Logs {
  const day = new Date(startedAt).toISOString().slice(0, 10)
  const file = new LogFile(join(folder, `host-${day}.log`))
  const log = pino({ level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, file)

  return {
    log,
    from(least) {
      log.level = least
    },
    committed: (entry) => logEntry(log, entry),
    signalled: (signal) => logSignal(log, leavesOut ? withoutWords(signal) : signal),
    troubled: (what, error) => log.error({ err: leavesOut ? withoutMessage(error) : error }, what),
    trouble: () => file.trouble,
    close: () => file.close(),
  }
}

function logEntry(log: Logger, { run, correlation, position, actor, events }: JournalEntry): void {
  const what = events.map((event) => ('step' in event && event.step !== null ? `${event.type} ${event.step}` : event.type))
  log.info({ ...(run === null ? {} : { run }), correlation, position, actor: actor.name }, what.join(', '))
}

function logSignal(log: Logger, signal: Signal): void {
  const { run, correlation, step, iteration, attempt } = signal
  const about = { run, correlation, step, iteration, attempt }
  if (signal.type === 'log') log[signal.level]({ ...about, data: signal.data }, signal.message)
  else if (signal.type === 'progress') log.debug({ ...about, fraction: signal.fraction }, signal.note ?? 'progress')
  else log.debug(about, 'heartbeat')
}

const leftOut = 'left out: the store is encrypted, and shows it'

function withoutWords(signal: Signal): Signal {
  if (signal.type === 'log') return { ...signal, message: leftOut, data: null }
  return signal.type === 'progress' ? { ...signal, note: leftOut } : signal
}

/** What kind of error it is, and where it comes from: its message may hold anything. */
function withoutMessage(error: unknown): object {
  if (!(error instanceof Error)) return { message: leftOut }
  const code = 'code' in error ? error.code : undefined
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line))
  return { type: error.name, code, message: leftOut, stack: frames?.join('\n') }
}
