/** Cairn itself: the whole engine over the real store. */
import { join } from 'node:path'
import { systemClock, systemElapsed } from '../../src/effects/clock.ts'
import { systemRandomness } from '../../src/effects/randomness.ts'
import type { Engine } from '../../src/engine/control.ts'
import type { Execution, Storage } from '../../src/engine/ports.ts'
import { createEngine } from '../../src/engine/scheduler/engine.ts'
import type { Actor } from '../../src/model/actor.ts'
import type { RunId } from '../../src/model/ids.ts'
import { usualPolicy } from '../../src/model/policy/policy.ts'
import type { Revision } from '../../src/model/revision.ts'
import { isEnded } from '../../src/model/status.ts'
import type { WorkspaceKey } from '../../src/store/crypt/workspace-key.ts'
import { openStore, type Store } from '../../src/store/open-store.ts'
import { AtOnce, type Hand } from './at-once.ts'
import { chain } from './chain.ts'
import { type Contender, type Open, type Place, usual } from './contender.ts'
import { payloads } from './payload.ts'

/** As `built.ts` lays them, the threads' modules stand beside this one; from its sources, the store knows where. */
const beside = (name: string): string => join(import.meta.dirname, name)
const threads = import.meta.filename.endsWith('.js') ? { readerEntry: beside('reader.js'), indexEntry: beside('indexer.js'), copierEntry: beside('copier.js') } : {}

const person: Actor = { kind: 'person', name: 'bench' }

export const cairn: Contender = {
  open: (place, steps) => {
    const hand = { answer: payloads(1, 1_000) }
    return openCairn(place, chain(steps), () => new AtOnce(hand))
  },

  growth: async ({ steps, ...place }) => {
    const at: number[] = []
    const hand = { answer: payloads(1, 1_000) }
    await using open = await openCairn(place, chain(steps), () => new AtOnce(hand), () => at.push(performance.now()))
    await open.run()
    return at
  },

  crash: async (place) => {
    const last = (step: string): boolean => step !== 's50'
    const hand: Hand = { answer: payloads(1, 1_000), begins: ({ step }) => last(step) || process.kill(process.pid, 'SIGKILL') }
    await using open = await openCairn(place, chain(100), () => new AtOnce(hand))
    await open.run()
  },

  resume: async (place, said) => {
    const begun: string[] = []
    const { promise, resolve } = Promise.withResolvers<void>()
    const begins: Hand['begins'] = ({ step }) => {
      begun.push(step)
      if (step === 's51') resolve()
      return step === 's50'
    }
    await using open = await openCairn(place, chain(100), () => new AtOnce({ answer: payloads(1, 1_000), begins }))
    await Promise.all([open.engine.recover(), promise])
    said()
    if (begun.join() !== 's50,s51') throw new Error(`these ran again: ${begun.join()}`)
  },

  history: async ({ steps, ...place }) => {
    // What a restore leads to is not the restore: steps of the branches that it begins are left running.
    let isAtRest = false
    const hand = { answer: payloads(1, 1_000), begins: () => !isAtRest }
    await using open = await openCairn(place, chain(steps), () => new AtOnce(hand))
    const run = await open.run()
    const { queries, search } = open.store
    // The index follows what is new once the engine rests, which is here: that is not what is measured.
    await search.matching({ terms: [], now: systemClock.now(), upTo: null })
    const middle = Math.floor(steps / 2)
    const list = await usual(() => queries.checkpoints(run, null, steps))
    const load = await usual((time) => queries.state(run, middle + time))
    const act = { run, seen: null, actor: person, reason: null }
    const restore = await usual((time) => {
      isAtRest = true
      return open.engine.restore({ ...act, checkpoint: middle + time, definition: 'pinned', revision: null })
    })
    return { list, load, restore }
  },
}

export interface OpenCairn extends Open {
  readonly engine: Engine
  readonly store: Store
  run(): Promise<RunId>
}

/** Calls `committed` after each commit. */
export async function openCairn(
  { folder, durability, key = null }: Place & { readonly key?: WorkspaceKey | null },
  revision: Revision,
  executionOver: (storage: Storage) => Execution,
  committed: () => void = () => undefined,
): Promise<OpenCairn> {
  const randomness = systemRandomness()
  const store = await openStore({
    workspace: folder,
    durability,
    key,
    defer: setImmediate,
    clock: systemClock,
    elapsed: systemElapsed,
    randomness,
    troubled,
    ...threads,
  })
  const ended = new Map<RunId, () => void>()
  const engine = createEngine({
    storage: store.storage,
    execution: executionOver(store.storage),
    clock: systemClock,
    randomness,
    policy: () => usualPolicy,
    notification: {
      committed: (_, change) => {
        committed()
        if (change === null || !isEnded(change.summary.status)) return
        ended.get(change.summary.id)?.()
        ended.delete(change.summary.id)
      },
      signalled: () => undefined,
      troubled,
    },
  })
  await store.storage.saveRevision(revision)
  engine.publish(revision)

  return {
    engine,
    store,
    run: async () => {
      const { name: workflow } = revision.manifest
      const { id } = await engine.start({ workflow, input: {}, context: {}, correlation: null, actor: person })
      await new Promise<void>((resolve) => ended.set(id, resolve))
      return id
    },
    [Symbol.asyncDispose]: async () => {
      await engine.close()
      await store.close()
    },
  }
}

function troubled(what: string, error: unknown): never {
  throw new Error(what, { cause: error })
}
