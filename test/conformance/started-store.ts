import { expect } from 'vitest'
import type { Store } from '../../src/store/open-store.ts'
import { type SampleRun, startedRun } from './samples.ts'
import { ScratchStore } from './scratch-store.ts'
import { unnamedValues } from './unnamed-values.ts'

export interface StartedStore {
  readonly scratch: ScratchStore
  readonly store: Store
  readonly origin: SampleRun
}

/** A store with a run that has started, of which replays may be made. */
export async function startedStore(): Promise<StartedStore> {
  const scratch = new ScratchStore()
  const store = await scratch.open({ durability: 'normal' })
  return { scratch, store, origin: await startedRun(store.storage, 1) }
}

/** All that a store holds can be read, and nothing is in it that no run names. */
export async function expectWhole({ scratch, store }: Pick<StartedStore, 'scratch' | 'store'>): Promise<void> {
  expect(await store.verify()).toMatchObject({ findings: [] })
  expect(unnamedValues(scratch.workspace)).toBe(0)
}
