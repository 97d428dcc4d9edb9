import { z } from 'zod'
import type { Json } from '../../../model/json.ts'
import { StoragePart, ValueKind } from '../../../model/storage-use.ts'

/** What a part of a run is counted under: of values, their kind. */
export const WeighedPart = z.enum([...StoragePart.exclude(['values']).options, ...ValueKind.options])
export type WeighedPart = z.infer<typeof WeighedPart>

/** Bytes of a run, by part, step and field; the last two are empty where there is none. */
export const Weights = z.array(z.tuple([WeighedPart, z.string(), z.string(), z.int()]))
export type Weights = z.infer<typeof Weights>

/** Weights that are being added up. */
export class Scale {
  readonly #sums = new Map<string, Weights[number]>()

  constructor(from: Weights = []) {
    for (const weight of from) this.add(...weight)
  }

  add(part: WeighedPart, step: string, field: string, bytes: number): void {
    const name = `${part}\n${step}\n${field}`
    const before = this.#sums.get(name)?.[3] ?? 0
    this.#sums.set(name, [part, step, field, before + bytes])
  }

  /** In the place of what was there. */
  set(part: WeighedPart, bytes: number): void {
    this.#sums.set(`${part}\n\n`, [part, '', '', bytes])
  }

  get weights(): Weights {
    return [...this.#sums.values()].filter(([, , , bytes]) => bytes > 0)
  }
}

export function bytesOf(weights: Weights): number {
  return weights.reduce((sum, [, , , bytes]) => sum + bytes, 0)
}

/** Fields of one value that are counted by name, and characters of a name: what comes beyond is counted together. */
const mostFields = 40
const longestName = 100

/** The bytes of a value, shared among the fields at its top by how much JSON each is. */
export function sharesOf(value: Json, bytes: number): readonly (readonly [field: string, bytes: number])[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [['', bytes]]
  const sizes = Object.entries(value).map(([name, part]) => [name, name.length + (JSON.stringify(part)?.length ?? 0)] as const)
  const total = sizes.reduce((sum, [, size]) => sum + size, 0)
  if (total === 0) return [['', bytes]]
  const shares = new Map<string, number>()
  let left = bytes
  for (const [index, [name, size]] of sizes.toSorted(([, one], [, other]) => other - one).entries()) {
    const field = index < mostFields && name.length <= longestName ? name : '…'
    const share = Math.min(left, Math.round((bytes * size) / total))
    left -= share
    shares.set(field, (shares.get(field) ?? 0) + share)
  }
  const [largest] = shares.keys()
  if (largest !== undefined) shares.set(largest, (shares.get(largest) ?? 0) + left)
  return [...shares]
}
