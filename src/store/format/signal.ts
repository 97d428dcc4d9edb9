/** Signals as rows, and how much of one is kept. */
import { Signal } from '../../model/log.ts'
import type { Json } from '../../model/json.ts'
import type { RowFormat } from './row.ts'

export const signalFormat: RowFormat<Signal> = {
  table: 'signal',
  columns: ['run', 'branch', 'step', 'iteration', 'attempt', 'type', 'ordinal', 'at'],
  content: Signal,
}

/** Of one attempt, the newest log lines stay: how it ended tells more than how it began. */
export const mostLines = 1_000
/** Text is cut after this many characters, and data of a line that takes more is left out; both say so. */
const mostText = 8_192
/** What a request and its answer were is looked at when nobody can ask any more: all that an executor tells of one fits in. */
const mostExchange = 65_536
/** A heartbeat is what the next attempt goes on from: one that takes more characters is not kept, cut it would be a lie. */
const mostHeartbeat = 262_144

/** The signal as it is kept; undefined where it is not. */
export function bounded(signal: Signal): Signal | undefined {
  switch (signal.type) {
    case 'log':
      return { ...signal, message: cut(signal.message), data: boundedData(signal.data, signal.exchange === undefined ? mostText : mostExchange) }
    case 'progress':
      return { ...signal, note: signal.note === null ? null : cut(signal.note) }
    case 'heartbeat':
      return JSON.stringify(signal.value).length > mostHeartbeat ? undefined : signal
  }
}

function cut(text: string): string {
  if (text.length <= mostText) return text
  return `${text.slice(0, mostText).toWellFormed()} … (${text.length} characters, cut here)`
}

function boundedData(data: Json, most: number): Json {
  const { length } = JSON.stringify(data)
  return length <= most ? data : { left_out: `${length} characters of data; ${most} are kept` }
}
