import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pino, type Logger } from 'pino'
import type { Notification } from '../engine/ports.ts'
import type { JournalEntry } from '../model/entry.ts'
import type { Signal } from '../model/log.ts'

export interface Logs extends Notification {
  readonly log: Logger
  close(): Promise<void>
}

/**
 * The host's log: one JSON line for each journal entry and each signal, with the correlation id wherever a run is
 * spoken of, in a file of the day on which the host started.
 */
export function openLogs(folder: string, startedAt: number, level = 'info'): Logs {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const day = new Date(startedAt).toISOString().slice(0, 10)
  const file = pino.destination({ dest: join(folder, `host-${day}.log`), sync: false, mode: 0o600 })
  const log = pino({ level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, file)

  return {
    log,
    committed: (entry) => logEntry(log, entry),
    signalled: (signal) => logSignal(log, signal),
    troubled: (what, error) => log.error({ err: error }, what),
    close: () =>
      new Promise((resolve, reject) => {
        file.once('close', resolve)
        file.once('error', reject)
        file.end()
      }),
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
