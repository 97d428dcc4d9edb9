/** What is damaged while a store is open is found by whatever reads it next: nothing is used that was not held against its checksum. */
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../src/effects/clock.ts'
import { systemRandomness } from '../../src/effects/randomness.ts'
import type { Engine } from '../../src/engine/control.ts'
import type { Answer, Execution, ExecutionSink, Storage, Task } from '../../src/engine/ports.ts'
import { createEngine } from '../../src/engine/scheduler/engine.ts'
import type { Actor } from '../../src/model/actor.ts'
import { RevisionHash, type RunId } from '../../src/model/ids.ts'
import { approvalStep, codeStep, manifestOf } from '../../src/model/manifest.fixture.ts'
import { type Policy, Rules, usualPolicy } from '../../src/model/policy/policy.ts'
import type { Revision } from '../../src/model/revision.ts'
import { CorruptionFound } from '../../src/model/storage-errors.ts'
import { noDigest, sha256 } from '../../src/store/format/sha256.ts'
import type { Store } from '../../src/store/open-store.ts'
import { storePaths } from '../../src/store/paths.ts'
import { workingRevision } from './children/working-revision.ts'
import { ScratchStore } from './scratch-store.ts'
import { watchedStorage } from './watched-storage.ts'

const ann: Actor = { kind: 'person', name: 'ann' }
const byAnn = { seen: null, actor: ann, reason: null } as const

/** Everything answers at once, and a person is asked in the end. */
class Hands implements Execution {
  #sink: ExecutionSink | undefined

  connect(sink: ExecutionSink): void {
    this.#sink = sink
  }

  start({ ref }: Task): void {
    const result = ref.step === 'ok' ? { type: 'asked' as const, shown: null } : { type: 'completed' as const, output: `${ref.step} is done`, next: null }
    queueMicrotask(() => this.#sink?.ended(ref, result))
  }

  stop(): void {
    // Nothing of it is under way.
  }

  ask(): Promise<Answer> {
    return Promise.resolve({ type: 'began', input: { of: 'ann' }, context: {} })
  }
}

let scratch: ScratchStore
let store: Store
let engine: Engine
let run: RunId
/** Called after each commit. */
let committed: () => void

beforeEach(async () => {
  scratch = new ScratchStore()
  store = await scratch.open({ clock: systemClock, durability: 'normal' })
  committed = () => undefined
  await begin(workingRevision)
})
afterEach(async () => {
  await engine.close()
  await scratch.remove()
})

/** An engine over the store, and a run that asks a person. */
async function begin(revision: Revision, policy = usualPolicy): Promise<void> {
  const asked = open(policy)
  await store.storage.saveRevision(revision)
  engine.publish(revision)
  run = (await engine.start({ workflow: revision.manifest.name, input: {}, context: {}, correlation: null, actor: ann })).id
  await asked
}

/** Another engine over the store. Resolves once a person is asked. */
function open(policy: Policy): Promise<void> {
  const asked = Promise.withResolvers<void>()
  engine = createEngine({
    storage: watched(store.storage),
    execution: new Hands(),
    clock: systemClock,
    randomness: systemRandomness(),
    policy: () => policy,
    notification: {
      committed: (entry) => {
        if (entry.run !== null && entry.events.some(({ type }) => type === 'decision_opened')) asked.resolve()
      },
      signalled: () => undefined,
      troubled: () => undefined,
    },
  })
  return asked.promise
}

function watched(storage: Storage): Storage {
  return watchedStorage(storage, {
    commit: async (transition) => {
      const answer = await storage.commit(transition)
      committed()
      return answer
    },
  })
}

function damage(sql: string): void {
  const db = new Database(storePaths(scratch.workspace).store)
  expect(db.prepare(sql).run().changes).toBeGreaterThan(0)
  db.close()
}

describe('what is read is checked, each time that it is read', () => {
  test.each<[string, (storage: Storage) => unknown]>([
    [`UPDATE run SET checksum = zeroblob(32)`, (storage) => storage.load(run)],
    [`UPDATE step SET content = replace(content, 'completed', 'skipped')`, (storage) => storage.load(run)],
    [`DELETE FROM step WHERE step = 'draft'`, (storage) => storage.load(run)],
    [`UPDATE decision SET content = replace(content, 'pending', 'expired')`, (storage) => storage.load(run)],
    [`UPDATE lineage SET content = replace(content, '1', '2')`, (storage) => storage.load(run)],
    [`UPDATE checkpoint SET content = replace(content, 'step_complete', 'step_start') WHERE number = 2`, (storage) => storage.moment(run, 3)],
    [`UPDATE keyframe SET checksum = zeroblob(32)`, (storage) => storage.moment(run, 1)],
    [`UPDATE value SET body = x'00' WHERE rowid = (SELECT max(rowid) FROM value)`, (storage) => storage.moment(run, storage.load(run)?.record.head ?? 0)],
    [`UPDATE revision SET bundle = x'0031'`, (storage) => storage.revision(workingRevision.hash)],
  ])('%s', (sql, read) => {
    const { storage } = store
    expect(read(storage)).toBeDefined()
    damage(sql)
    expect(() => read(storage)).toThrow(CorruptionFound)
  })
})

describe('going back', () => {
  test('to what was damaged since changes nothing, and names what is whole', async () => {
    const before = store.storage.load(run)?.record
    damage(`UPDATE checkpoint SET checksum = zeroblob(32) WHERE number = 2`)
    await expect(engine.restore({ ...byAnn, run, checkpoint: 2, definition: 'pinned', revision: null })).rejects.toMatchObject({
      name: 'CorruptionFound',
      nearest: 1,
    })
    expect(store.storage.load(run)?.record).toEqual(before)
  })

  test('is read once more when it is stored: what was damaged on the way is in quarantine', async () => {
    committed = () => {
      committed = () => undefined
      damage(`UPDATE keyframe SET checksum = zeroblob(32) WHERE number = (SELECT max(number) FROM keyframe)`)
    }
    const went = engine.restore({ ...byAnn, run, checkpoint: 1, definition: 'pinned', revision: null })
    await expect(went).rejects.toMatchObject({ name: 'CorruptionFound', object: 'keyframe' })
    expect(store.storage.load(run)?.record).toMatchObject({ status: 'quarantined', branch: 1 })
  })
})

describe('going back past a checkpoint whose checksum is damaged', () => {
  const ofRun = (number: string): string => `run = (SELECT number FROM run WHERE id = '${run}') AND number ${number}`
  const findings = async () => (await store.verify()).findings
  const goBack = async (checkpoint: number): Promise<void> => {
    await engine.restore({ ...byAnn, run, checkpoint, definition: 'pinned', revision: null })
  }
  const head = (): number => store.storage.load(run)?.record.head ?? expect.fail('there is no such run')
  /** Every state since a checkpoint can be read, and every checkpoint since listed. */
  const allWholeFrom = async (first: number): Promise<void> => {
    for (let number = first; number <= head(); number += 1) expect(store.storage.moment(run, number)).toBeDefined()
    const { checkpoints } = await store.queries.checkpoints(run, first - 1, 100)
    expect(checkpoints.map(({ number }) => number)).toEqual(Array.from({ length: head() - first + 1 }, (_, at) => first + at))
  }

  /** It recomputes by itself, and is not the one that the run names. */
  function changedToFit(last: number): string {
    const db = new Database(storePaths(scratch.workspace).store, { readonly: true })
    const rows = db.prepare<[], { content: string; checksum: Uint8Array }>(`SELECT content, checksum FROM checkpoint WHERE ${ofRun(`>= ${last - 1}`)} ORDER BY id`).all()
    db.close()
    const checksum = sha256(rows[0]?.checksum ?? noDigest, `${rows[1]?.content} `).toString('hex')
    return `UPDATE checkpoint SET content = content || ' ', checksum = x'${checksum}' WHERE ${ofRun(`= ${last}`)}`
  }

  test.each<[string, (head: number) => string]>([
    ['the newest', (last) => `UPDATE checkpoint SET checksum = zeroblob(32) WHERE ${ofRun(`= ${last}`)}`],
    ['the newest, with one of another length', (last) => `UPDATE checkpoint SET checksum = x'00' WHERE ${ofRun(`= ${last}`)}`],
    ['one in the middle', (last) => `UPDATE checkpoint SET checksum = zeroblob(32) WHERE ${ofRun(`= ${last - 2}`)}`],
    ['the three newest', (last) => `UPDATE checkpoint SET checksum = zeroblob(32) WHERE ${ofRun(`> ${last - 3}`)}`],
    ['the newest, and its content', (last) => `UPDATE checkpoint SET content = 'x', checksum = zeroblob(32) WHERE ${ofRun(`= ${last}`)}`],
    ['the newest, whose content was changed to fit', changedToFit],
    ['the newest, which is gone', (last) => `DELETE FROM checkpoint WHERE ${ofRun(`= ${last}`)}`],
    ['the newest, which stands where the next one comes', (last) => `UPDATE checkpoint SET id = id + 1 WHERE ${ofRun(`= ${last}`)}`],
  ])('%s', async (_, sql) => {
    const before = head()
    damage(sql(before))
    const found = (await findings()).filter((finding) => finding.run !== null)
    expect(found.length).toBeGreaterThan(0)
    expect(found).toMatchObject(found.map(() => ({ object: 'checkpoint', run })))
    const nearest = found[0]?.nearest ?? expect.fail('no checkpoint is whole')
    await goBack(nearest)
    expect(store.storage.load(run)?.record).toMatchObject({ branch: 1 })
    expect(store.storage.load(run)?.record.status).not.toBe('quarantined')
    await allWholeFrom(before + 1)
    expect(await findings()).toMatchObject(found.map(({ key }) => ({ key, run, nearest: head() })))

    await engine.close()
    store = await scratch.open({ clock: systemClock, durability: 'normal' })
    void open(usualPolicy)
    await engine.recover()
    expect(store.storage.load(run)?.record.status).not.toBe('quarantined')
    await goBack(before + 1)
    await goBack(nearest)
    await allWholeFrom(before + 1)
    const { actor, reason } = byAnn
    const replay = await engine.replay({ run, actor, reason, checkpoint: before + 1, definition: 'pinned', revision: null, edits: {} })
    expect(store.storage.load(replay.id)?.record.status).not.toBe('quarantined')
    expect((await findings()).map(({ key }) => key)).toEqual(found.map(({ key }) => key))
  })
})

describe('where policy has it go back by itself', () => {
  const mends: Policy = { ...usualPolicy, usual: Rules.parse({ recovery: { chains: { corruption: ['restore_valid', 'ask'] } } }) }
  const plain: Revision = {
    hash: RevisionHash.parse('ee'.repeat(32)),
    loadedAt: 0,
    bundle: '',
    manifest: manifestOf('plain', [codeStep('draft'), codeStep('style', ['draft']), approvalStep('ok', ['style'])]),
  }
  const ofRun = `run = (SELECT max(number) FROM run)`
  const newestOutput = `rowid = (SELECT max(rowid) FROM value WHERE instr(body, CAST('style is done' AS BLOB)) > 0)`
  const errorOfRun = () => store.storage.load(run)?.errors.find(({ step }) => step === null)

  beforeEach(async () => {
    await engine.close()
    await begin(plain, mends)
    await engine.close()
  })

  test.each([
    `UPDATE value SET body = x'00' WHERE ${newestOutput}`,
    `UPDATE checkpoint SET content = replace(content, 'step_complete', 'step_start') WHERE ${ofRun} AND number = 2`,
    `UPDATE checkpoint SET checksum = zeroblob(32) WHERE ${ofRun} AND number = 2`,
  ])('%s', async (sql) => {
    damage(sql)
    const asked = open(mends)
    const { recovered } = await engine.recover()
    expect(recovered.map((each) => each.run)).toEqual([run])
    await asked
    const record = store.storage.load(run)?.record
    expect(record).toMatchObject({ status: 'waiting', waiting: 'decision', branch: 1, generation: 0, sentBack: 1 })
    expect(store.storage.moment(run, record?.head ?? 0)?.state.size).toBeGreaterThan(1)
    expect(errorOfRun()).toBeUndefined()
  })

  test('what it went back to is read once more when it is stored: what was damaged on the way is in quarantine, and a person is asked', async () => {
    damage(`UPDATE value SET body = x'00' WHERE ${newestOutput}`)
    committed = () => {
      if (store.storage.load(run)?.record.branch !== 1) return
      committed = () => undefined
      damage(`UPDATE keyframe SET checksum = zeroblob(32) WHERE ${ofRun}`)
    }
    void open(mends)
    await engine.recover()
    expect(store.storage.load(run)?.record).toMatchObject({ status: 'quarantined', branch: 1 })
    expect(errorOfRun()).toMatchObject({ status: 'waiting', recoveries: [{ strategy: 'ask', passedOver: [{ strategy: 'restore_valid', why: 'no checkpoint of it is whole' }] }] })
  })
})
