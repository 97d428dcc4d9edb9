import type { View } from '../../../engine/ports.ts'
import type { RunId } from '../../../model/ids.ts'
import type { Json } from '../../../model/json.ts'
import { ofStep, Parsed, type Part, type ToldView } from '../protocol.ts'

/** Answers a value that nobody else has: a handler may do with it as it likes. */
type Copy = () => Json

/** The views of tasks: what the host says with each, and what this process has kept of those before. */
export class Views {
  readonly #runs = new Map<RunId, Map<string, Copy>>()

  /** @throws Error where the host counts on what was not kept */
  view({ run, parts: [input, context, ...outputs], iterations, forget }: ToldView): View {
    const kept = this.#runs.get(run) ?? new Map<string, Copy>()
    this.#runs.set(run, kept)
    if (forget !== null) this.#runs.delete(forget)
    return {
      input: whole(input, kept),
      context: whole(context, kept),
      outputs: Object.fromEntries(outputs.map((part) => [part[0].slice(ofStep.length), whole(part, kept)])),
      iterations,
    }
  }
}

function whole([key, value, isKept]: Part, kept: Map<string, Copy>): Json {
  if (value === undefined) return found(kept, key)
  if (isKept) kept.set(key, copying(value))
  return value
}

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
