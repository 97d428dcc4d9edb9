import { readFileSync } from 'node:fs'
import type { Millis } from '../../src/model/ids.ts'
import { storePaths } from '../../src/store/paths.ts'
import { Image } from '../conformance/damage/image.ts'
import type { Dice } from '../simulation/dice.ts'

export interface Octets {
  /** How many of the changes changed what the store says. */
  readonly injected: number
  readonly found: number
  /** How long each look took that found something. */
  readonly took: readonly Millis[]
  readonly missed: readonly string[]
}

/**
 * Changes one bit of the store's file at so many places, each alone, in a copy, and has it verified: whatever says something else by
 * that has to be found. No host may be there.
 */
export function changeOctets(workspace: string, many: number, dice: Dice): Octets {
  const { store, anchor } = storePaths(workspace)
  const image = new Image(readFileSync(store), anchor)
  const took: Millis[] = []
  const missed: string[] = []
  for (let change = 0; change < many; change += 1) {
    const bytes = Buffer.from(image.bytes)
    const at = dice.int(0, bytes.length - 1)
    const bit = dice.int(0, 7)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
    const from = performance.now()
    try {
      if (image.judged(bytes) !== 'same') took.push(performance.now() - from)
    } catch (error) {
      missed.push(`bit ${bit} of octet ${at}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return { injected: took.length + missed.length, found: took.length, took, missed }
}
