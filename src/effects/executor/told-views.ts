/**
 * What a process was told of the views of runs, so that it is not told again: a step may read all that was before it, and most of
 * that was sent with the steps before.
 *
 * Invariants:
 * 1. What is kept here is what the process keeps: each message says what it adds to that, and what goes.
 * 2. It is bounded: so many runs, so many parts of each, none of them large.
 */
import type { View } from '../../engine/ports.ts'
import type { RunId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import { ofStep, type Part, type ToldView } from './protocol.ts'

/** More runs than a process has tasks at once. */
const mostRuns = 64
const mostParts = 64
/** Of a larger part, in characters, the sending is not what it costs. */
const largestPart = 8_192

export class ToldViews {
  readonly #runs = new Map<RunId, Map<string, Json>>()

  /** The view of a run as the process has to be told it now. */
  tell(run: RunId, { input, context, outputs, iterations }: View): ToldView {
    const known = this.#runs.get(run) ?? new Map<string, Json>()
    this.#runs.delete(run)
    this.#runs.set(run, known)
    const told = (key: string, value: Json): Part => {
      if (known.get(key) === value) return [key]
      const isKept = (known.has(key) || known.size < mostParts) && isSmall(value)
      if (isKept) known.set(key, value)
      return [key, value, isKept]
    }
    const ofSteps = Object.entries(outputs).map(([step, output]) => told(ofStep + step, output))
    return { run, parts: [told('input', input), told('context', context), ...ofSteps], iterations, forget: this.#oldest() }
  }

  /** The run that was told of least recently, where there are too many: it is forgotten. */
  #oldest(): RunId | null {
    if (this.#runs.size <= mostRuns) return null
    const [oldest = null] = this.#runs.keys()
    if (oldest !== null) this.#runs.delete(oldest)
    return oldest
  }
}

/** The view of a run as a process is told it that keeps nothing. */
export function toldOnce(run: RunId, { input, context, outputs, iterations }: View): ToldView {
  const ofSteps = Object.entries(outputs).map(([step, output]): Part => [ofStep + step, output, false])
  return { run, parts: [['input', input, false], ['context', context, false], ...ofSteps], iterations, forget: null }
}

function isSmall(value: Json): boolean {
  return roomAfter(value, largestPart) >= 0
}

/** What is left of so many characters; less than nothing where the value takes more. */
function roomAfter(value: Json, room: number): number {
  if (typeof value === 'string') return room - value.length - 2
  if (typeof value !== 'object' || value === null) return room - 8
  let left = room - 2
  for (const [key, item] of Object.entries(value)) {
    if (left < 0) break
    left = roomAfter(item, left - key.length - 4)
  }
  return left
}
