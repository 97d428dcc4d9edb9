/** Values of each field, read from their text. */
import { parseDuration } from '../duration.ts'
import { RunStatus, RunWait } from '../status.ts'
import { periodOf } from './dates.ts'
import { nearest } from './nearest.ts'
import { Wrong } from './problem.ts'
import { type Amount, type Comparison, comparisons, type Moment, type StatusChoice, type Time } from './terms.ts'

/** Shorter ones would be found nearly everywhere, and by no index. */
const fewestCharacters = 3

const reasons = RunWait.options.map((reason) => `waiting:${reason}` as const)
const states = [...RunStatus.options, ...reasons]

export function readStatus(given: string): StatusChoice | Wrong {
  const text = given.toLowerCase()
  const status = RunStatus.safeParse(text)
  if (status.success) return { status: status.data, waiting: null }
  const waiting = RunWait.safeParse(text.startsWith('waiting:') ? text.slice('waiting:'.length) : undefined)
  if (waiting.success) return { status: 'waiting', waiting: waiting.data }
  const reason = RunWait.safeParse(text)
  const meant = reason.success ? `waiting:${reason.data}` : nearest(text, states)
  return new Wrong(`${given} is no status of a run`, `a status is ${listed(RunStatus.options)}`, meant ?? null)
}

export function readCount(text: string): Amount | Wrong {
  return readAmount(text, count) ?? new Wrong(`${text} is no count`, 'write 3, >3, <=3 or 2..5')
}

export function readLength(text: string): Amount | Wrong {
  const wayOut = 'write >5m, <=1.5s or 1h..2h; units are ms, s, m, h and d'
  const amount = readAmount(text, parseDuration) ?? new Wrong(`${text} is no length of time`, wayOut)
  if (amount instanceof Wrong || amount.op !== '=') return amount
  return new Wrong(`no run takes exactly ${text}`, 'say whether longer or shorter', `>${text}`)
}

export function readTime(text: string): Time | Wrong {
  const wayOut = 'write <1h for within the last hour, >1h for longer ago, 2026-11-20, >2026-11-20T14:30 or a range a..b'
  const { op, value, to } = taken(text)
  const first = readMoment(value)
  const last = to === undefined ? first : readMoment(to)
  if (first === undefined || last === undefined) return new Wrong(`${text} is no age and no date`, wayOut)
  if (op === '..') return { op, from: first, to: last }
  if (op === '=' && 'ago' in first) return new Wrong(`${text} ago is but a moment`, wayOut, `<${text}`)
  return { op, moment: first }
}

export function readWord(text: string): string | Wrong {
  return text
}

export function readText(text: string): string | Wrong {
  const plain = text.replaceAll(/\s+/g, ' ').trim()
  if ([...plain].length >= fewestCharacters) return plain
  return new Wrong(
    `"${text}" is too short to be searched for`,
    `write ${fewestCharacters} characters at least, or id:${plain} for the beginning or the end of an id`,
  )
}

function readMoment(text: string): Moment | undefined {
  const ago = parseDuration(text)
  if (ago !== undefined) return { ago }
  return periodOf(text) === undefined ? undefined : { date: text.toUpperCase() }
}

function readAmount(text: string, read: (text: string) => number | undefined): Amount | undefined {
  const { op, value, to } = taken(text)
  const first = read(value)
  const last = to === undefined ? first : read(to)
  if (first === undefined || last === undefined) return undefined
  return op === '..' ? { op, from: Math.min(first, last), to: Math.max(first, last) } : { op, value: first }
}

function count(text: string): number | undefined {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(number) ? number : undefined
}

interface Taken {
  readonly op: '=' | '..' | Comparison
  readonly value: string
  /** Set with `..` alone. */
  readonly to: string | undefined
}

/** A value, what it is compared by and, of a range, its other end. */
function taken(text: string): Taken {
  const op = comparisons.find((each) => text.startsWith(each))
  if (op !== undefined) return { op, value: text.slice(op.length), to: undefined }
  const range = text.indexOf('..')
  if (range === -1) return { op: '=', value: text, to: undefined }
  return { op: '..', value: text.slice(0, range), to: text.slice(range + 2) }
}

export function listed(options: readonly string[]): string {
  return `${options.slice(0, -1).join(', ')} or ${options.at(-1) ?? ''}`
}
