import { z } from 'zod'
import type { Json } from '../../../model/json.ts'
import { otherFields, StoragePart, ValueKind } from '../../../model/storage-use.ts'
import { IndexBroken } from '../index-broken.ts'

/** What a part of a run is counted under: of values, their kind. */
export const WeighedPart = z.enum([...StoragePart.exclude(['values']).options, ...ValueKind.options])
export type WeighedPart = z.infer<typeof WeighedPart>

/** Bytes of a run of one part, step and field; the last two are empty where there is none. */
export type Weight = readonly [part: WeighedPart, step: string, field: string, bytes: number]
export type Weights = readonly Weight[]

/** Weights as a row of the index has them. It is read again with each step of its run, so no schema looks at it. @throws IndexBroken */
export function storedWeights(text: string): Weights {
  const found: unknown = JSON.parse(text)
  if (!areWeights(found)) throw new IndexBroken('what a run weighs is not what was written')
  return found
}

function areWeights(found: unknown): found is Weights {
  return Array.isArray(found) && found.every((each) => Array.isArray(each) && each.length === 4 && Number.isSafeInteger(each[3]))
}

/** Weights that are being added up. */
export class Scale {
  readonly #sums = new Map<string, Weight>()

  constructor(from: Weights) {
    this.addAll(from)
  }

  addAll(weights: Weights): void {
    for (const [part, step, field, bytes] of weights) this.set([part, step, field, bytes + (this.#sums.get(nameOf(part, step, field))?.[3] ?? 0)])
  }

  /** In the place of what was there. */
  set(weight: Weight): void {
    const [part, step, field] = weight
    this.#sums.set(nameOf(part, step, field), weight)
  }

  get weights(): Weights {
    return [...this.#sums.values()].filter(([, , , bytes]) => bytes > 0)
  }
}

function nameOf(part: WeighedPart, step: string, field: string): string {
  return `${part}\n${step}\n${field}`
}

export function bytesOf(weights: Weights): number {
  return weights.reduce((sum, [, , , bytes]) => sum + bytes, 0)
}

/** Fields of one value that are counted by name, and characters of a name: what comes beyond is counted together. */
const mostFields = 40
const longestName = 100

/** The bytes of a value, shared by how much JSON each is among the fields at its top that are to be named, and the others together. `names` is null where all are. */
export function sharesOf(value: Json, bytes: number, names: ReadonlySet<string> | null): readonly (readonly [field: string, bytes: number])[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [['', bytes]]
  const sizes = Object.entries(value).map(([name, part]) => [name, name.length + (JSON.stringify(part)?.length ?? 0)] as const)
  const total = sizes.reduce((sum, [, size]) => sum + size, 0)
  if (total === 0 || !sizes.some(([name]) => isNamed(name, names))) return [['', bytes]]
  const shares = new Map<string, number>()
  let left = bytes
  for (const [index, [name, size]] of sizes.toSorted(([, one], [, other]) => other - one).entries()) {
    const field = index < mostFields && isNamed(name, names) ? name : otherFields
    const share = Math.min(left, Math.round((bytes * size) / total))
    left -= share
    shares.set(field, (shares.get(field) ?? 0) + share)
  }
  const [largest] = shares.keys()
  if (largest !== undefined) shares.set(largest, (shares.get(largest) ?? 0) + left)
  return [...shares]
}

function isNamed(name: string, names: ReadonlySet<string> | null): boolean {
  return (names === null || names.has(name)) && name.length <= longestName
}
