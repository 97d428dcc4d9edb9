import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { zstdDecompressSync } from 'node:zlib'
import type { storePaths } from '../../../src/store/paths.ts'

/** Every version that left stores behind which this one opens: each wrote its rows in its own way. */
export interface Earlier {
  /** The version: a commit. */
  readonly commit: string
  readonly schema: number
  /** What its rows do not say yet. */
  readonly lacks: string
}

export const earlier: readonly Earlier[] = [
  { commit: '7325ae8', schema: 1, lacks: 'how long commits took, how many attempts a run has' },
  { commit: 'e4a882c', schema: 2, lacks: 'branches after the first' },
  { commit: 'ade79b6', schema: 2, lacks: 'how a run stood on the branch that it left' },
  { commit: '21dc3f4', schema: 2, lacks: 'what a branch pins where it could change' },
  { commit: '71d1f60', schema: 2, lacks: 'rows that leave out what is usual' },
  { commit: '559bd1b', schema: 3, lacks: 'keys' },
  { commit: '73201f7', schema: 4, lacks: 'what is left of removed runs' },
  { commit: '17335f0', schema: 5, lacks: 'stubs of checkpoints that retention removed' },
  { commit: 'a396d30', schema: 6, lacks: 'records of what went wrong' },
  { commit: '1995769', schema: 7, lacks: 'breakers' },
  { commit: 'a0483af', schema: 8, lacks: 'which pending decisions are dead letters' },
  { commit: 'cdad1b4', schema: 9, lacks: 'throttles' },
  { commit: '44a39f4', schema: 10, lacks: 'checkpoints with one number for their key' },
]

/** The first schema whose stores may be encrypted. */
const firstSealed = 4

/** Each store that an earlier version left: one in plain words, and one that it encrypted where it could. */
export interface EarlierStore extends Earlier {
  readonly isSealed: boolean
}

export const earlierStores: readonly EarlierStore[] = earlier.flatMap((version) => [
  { ...version, isSealed: false },
  ...(version.schema >= firstSealed ? [{ ...version, isSealed: true }] : []),
])

/** With which the encrypted ones were written. */
export const keyOfSealed: Buffer = Buffer.alloc(32, 'cairn')

/** The store, compressed, with the anchor of its journal behind it. */
export const storeOf = (store: EarlierStore): URL => writtenAs(store, 'db.zst')
export const anchorOf = (store: EarlierStore): URL => writtenAs(store, 'anchor.json')

const writtenAs = ({ commit, isSealed }: EarlierStore, ending: string): URL => new URL(`./written/${commit}${isSealed ? '.sealed' : ''}.${ending}`, import.meta.url)

/** Lays a store and its anchor into a workspace, whose folder for them is there. */
export function lay(version: EarlierStore, { store, anchor }: ReturnType<typeof storePaths>): void {
  writeFileSync(store, zstdDecompressSync(readFileSync(storeOf(version))))
  copyFileSync(anchorOf(version), anchor)
}
