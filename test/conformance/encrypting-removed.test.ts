import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hostActor } from '../../src/model/actor.ts'
import { unbounded } from '../../src/model/retention.ts'
import { encryptStore } from '../../src/store/crypt/encrypt-store.ts'
import { workspaceKey } from '../../src/store/crypt/workspace-key.ts'
import { makePast } from './past.ts'
import { ScratchStore } from './scratch-store.ts'

const key = workspaceKey(Buffer.alloc(32, 9))
let scratch: ScratchStore
beforeEach(() => {
  scratch = new ScratchStore()
})
afterEach(() => scratch.remove())

test('what retention removed of a store stays removed when it is encrypted, and is told of as before', async () => {
  const store = await scratch.open()
  const run = { workflow: 'outreach', passes: 3, hasEnded: true, logs: 1 } as const
  const ids = await makePast(store, scratch.clock, [0, 1, 2].map((of) => ({ ...run, of })))
  const policy = { usual: { ...unbounded, runs: 1, checkpoints: 2 }, workflows: {} }
  const none = (): void => undefined
  const { removed } = await store.retention.apply({ policy, damaged: [], actor: hostActor, told: none, committed: none })
  expect(removed).toMatchObject({ runs: 2, checkpoints: 10 })
  const said = (): Promise<unknown> => Promise.all(ids.map((id) => scratch.here().then(({ queries }) => queries.journal(0, 100, id))))
  const withoutDigests = (entries: unknown): string => JSON.stringify(entries).replaceAll(/"digest":"[0-9a-f]+"/g, '')
  const before = await said()
  await scratch.shut()
  await encryptStore({ workspace: scratch.workspace, key, actor: hostActor, clock: scratch.clock, randomness: { bytes: randomBytes } })
  expect(await (await scratch.open({ key })).verify()).toMatchObject({ findings: [] })
  expect(withoutDigests(await said())).toBe(withoutDigests(before))
})
