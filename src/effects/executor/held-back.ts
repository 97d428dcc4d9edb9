/**
 * What an attempt says while it is not known yet what of that is sensitive: what it makes will tell.
 *
 * Invariants:
 * 1. No word of it leaves before it is released. How far the attempt has come, and that it is alive, is told at once.
 * 2. It is bounded: of what comes beyond, the newest stays, and how many lines were left out is said.
 */
import { counted } from '../../model/counted.ts'
import type { Signal } from '../../model/log.ts'

/** As many lines, and characters of them, are held of one attempt. */
const mostLines = 1_000
const mostCharacters = 2_000_000

type Line = Extract<Signal, { type: 'log' }>
type Progress = Extract<Signal, { type: 'progress' }>

export class HeldBack {
  #lines: { readonly line: Line; readonly size: number }[] = []
  /** The last, where it had a note. */
  #noted: Progress | null = null
  #characters = 0
  #leftOut = 0

  /** What of it may be told at once. */
  take(signal: Signal): Signal | null {
    if (signal.type === 'heartbeat') return signal
    if (signal.type === 'log') {
      this.#hold(signal)
      return null
    }
    this.#noted = signal.note === null ? null : signal
    return { ...signal, note: null }
  }

  /** All of it, in the order in which it was said, and the note of the last progress. */
  release(): Signal[] {
    const [lines, noted, leftOut] = [this.#lines.map(({ line }) => line), this.#noted, this.#leftOut]
    this.#lines = []
    this.#noted = null
    this.#leftOut = 0
    this.#characters = 0
    const [first] = lines
    const said = leftOut === 0 || first === undefined ? [] : [{ ...first, ...leftOutBefore(leftOut) }]
    return [...said, ...lines, ...(noted === null ? [] : [noted])]
  }

  #hold(line: Line): void {
    const size = line.message.length + JSON.stringify(line.data).length
    this.#lines.push({ line, size })
    this.#characters += size
    while (this.#lines.length > mostLines || (this.#characters > mostCharacters && this.#lines.length > 1)) {
      this.#characters -= this.#lines.shift()?.size ?? 0
      this.#leftOut += 1
    }
  }
}

function leftOutBefore(count: number): Pick<Line, 'level' | 'message' | 'data' | 'program' | 'exchange'> {
  const message = `${counted(count, 'log line')} before this ${count === 1 ? 'was' : 'were'} left out: what the step puts out is sensitive, so it is held until the attempt has ended, and of more than ${mostLines} lines or ${mostCharacters} characters the newest are`
  return { level: 'warn', message, data: null, program: undefined, exchange: undefined }
}
