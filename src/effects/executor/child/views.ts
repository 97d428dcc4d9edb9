import type { RunId } from '../../../model/ids.ts'
import type { Json } from '../../../model/json.ts'
import { Parsed, type ToldView, type View } from '../protocol.ts'

/** Answers a value that nobody else has: a handler may do with it as it likes. */
type Copy = () => Json

/** The views of tasks: what the host says with each, and what this process has kept of those before. */
export class Views {
  readonly #runs = new Map<RunId, Map<string, Copy>>()

  /** @throws Error where the host counts on what was not kept */
  view({ run, parts, iterations, forget }: ToldView): View {
    const kept = this.#runs.get(run) ?? new Map<string, Copy>()
    this.#runs.set(run, kept)
    if (forget !== null) this.#runs.delete(forget)
    const whole = new Map<string, Json>()
    for (const [key, value, isKept] of parts) {
      if (value === undefined) whole.set(key, found(kept, key))
      else whole.set(key, value)
      if (value !== undefined && isKept) kept.set(key, copying(value))
    }
    const outputs = [...whole].flatMap(([key, value]) => (key.startsWith(ofStep) ? [[key.slice(ofStep.length), value] as const] : []))
    return { input: whole.get('input') ?? null, context: whole.get('context') ?? null, outputs: Object.fromEntries(outputs), iterations }
  }
}

const ofStep = 'output/'

function found(kept: ReadonlyMap<string, Copy>, key: string): Json {
  const copy = kept.get(key)
  if (copy === undefined) throw new Error(`this process was not given ${key}`)
  return copy()
}

/** What cannot be changed is its own copy. */
function copying(value: Json): Copy {
  if (typeof value !== 'object' || value === null) return () => value
  const text = JSON.stringify(value)
  return () => Parsed.parse(JSON.parse(text))
}
