/** What every storage promises (engine/ports.ts): the same tests over each of them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SealedValue, Storage } from '../../src/engine/ports.ts'
import { outputKey, type StateChange } from '../../src/model/checkpoint.ts'
import { RevisionHash } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import { CorruptionFound, StorageFailed, ValueRefused, VersionConflict } from '../../src/model/storage-errors.ts'
import {
  decisionId,
  draft,
  errorId,
  lineageId,
  nowhere,
  sampleAttempt,
  sampleCheckpoint,
  sampleDecision,
  sampleError,
  sampleHeartbeat,
  sampleHostEntry,
  sampleLineage,
  SampleRun,
  sampleRevision,
  sampleStep,
  runId,
} from './samples.ts'

export interface Opened {
  readonly storage: Storage
  close(): Promise<void>
}

/** `open` answers a new, empty storage. Its groups commit by themselves. */
export function storageConformance(name: string, open: () => Promise<Opened>): void {
  describe(`${name} keeps what storage promises`, () => {
    let opened: Opened
    let storage: Storage

    beforeEach(async () => {
      opened = await open()
      storage = opened.storage
      await storage.saveRevision(sampleRevision)
    })
    afterEach(() => opened.close())

    const created = async (number = 1): Promise<SampleRun> => {
      const run = new SampleRun(storage, number)
      await storage.commit(run.create())
      return run
    }

    describe('runs', () => {
      test('a committed run loads as it was committed', async () => {
        const run = new SampleRun(storage, 1)
        const parts = {
          steps: [sampleStep({ status: 'running', attempts: 1 })],
          attempts: [sampleAttempt()],
          decisions: [sampleDecision()],
          errors: [sampleError()],
        }
        await storage.commit(run.create(parts))
        expect(storage.load(run.id)).toEqual({ record: run.record, lineage: run.lineage, ...parts })
      })

      test('the newest record of each key stands', async () => {
        const run = await created()
        await storage.commit(run.next({ steps: [sampleStep({ status: 'running', attempts: 1 })], attempts: [sampleAttempt()] }))
        const done = sampleStep({ status: 'completed', attempts: 1, order: 3, endedAt: 5 })
        const again = sampleStep({ iteration: 2 })
        const ended = sampleAttempt({ status: 'completed', endedAt: 5 })
        await storage.commit(run.next({ steps: [done, again], attempts: [ended] }))
        expect(storage.load(run.id)).toEqual({
          record: run.record,
          lineage: run.lineage,
          steps: [done, again],
          attempts: [],
          decisions: [],
          errors: [],
        })
      })

      test('live attempts and pending decisions load, ended ones do not', async () => {
        const run = await created()
        await storage.commit(
          run.next({
            attempts: [sampleAttempt({ status: 'failed', endedAt: 5 }), sampleAttempt({ attempt: 2 })],
            decisions: [
              sampleDecision({ id: decisionId(1), status: 'approved' }),
              sampleDecision({ id: decisionId(2) }),
            ],
          }),
        )
        expect(storage.load(run.id)).toMatchObject({
          attempts: [sampleAttempt({ attempt: 2 })],
          decisions: [sampleDecision({ id: decisionId(2) })],
        })
      })

      test('open errors load, ended ones do not, and of one the newest stands', async () => {
        const run = await created()
        const id = errorId(2)
        await storage.commit(run.next({ errors: [sampleError(), sampleError({ id })] }))
        await storage.commit(run.next({ errors: [sampleError({ status: 'recovered', closedAt: 9 }), sampleError({ id, severity: 'high' })] }))
        expect(storage.load(run.id)?.errors).toEqual([sampleError({ id, severity: 'high' })])
      })

      test('runs do not see each other', async () => {
        const [one, other] = [await created(1), await created(2)]
        await storage.commit(one.next({ steps: [sampleStep({ status: 'running' })] }))
        expect(storage.load(one.id)?.steps).toHaveLength(1)
        expect(storage.load(other.id)?.steps).toEqual([])
      })

      test('a run of another run’s lineage shares its values', async () => {
        const run = await created()
        const replay = new SampleRun(storage, 2)
        const record = { lineage: run.lineage.id, input: run.record.input, context: run.record.context }
        const { lineage: _, ...transition } = replay.create({ record })
        await storage.commit({ ...transition, values: [], checkpoints: [], lineage: null })
        expect(storage.load(replay.id)?.lineage).toEqual(run.lineage)
      })

      test('a run that is not there is undefined', () => expect(storage.load(runId(9))).toBeUndefined())

      test('unfinished ones are named, oldest first', async () => {
        const [first, ended, last] = [await created(3), await created(1), await created(2)]
        await storage.commit(ended.next({ record: { status: 'completed', endedAt: 9 } }))
        expect(storage.unfinished()).toEqual([first.id, last.id])
      })
    })

    describe('transitions', () => {
      test('are answered with the entry as stored, positions without a gap', async () => {
        const run = new SampleRun(storage, 1)
        const [create, move, host] = [run.create(), run.next(), sampleHostEntry()]
        const [created, moved, recorded] = await Promise.all([
          storage.commit(create),
          storage.commit(move),
          storage.record(host),
        ])
        const entries = [created.entry, moved.entry, recorded]
        expect(entries).toMatchObject([{ ...create.entry }, { ...move.entry }, { ...host }])
        const first = created.entry.position
        expect(entries.map(({ position }) => position)).toEqual([first, first + 1, first + 2])
        expect(new Set(entries.map(({ digest }) => digest)).size).toBe(3)
      })

      test('are answered with the run as lists show it', async () => {
        const run = new SampleRun(storage, 1)
        const begun = { steps: [sampleStep({ status: 'running' })], attempts: [sampleAttempt()] }
        expect((await storage.commit(run.create(begun))).summary).toMatchObject({
          id: run.id,
          version: 1,
          status: 'running',
          checkpoints: 1,
          attempts: 1,
          at: [draft],
        })
        const again = { attempts: [sampleAttempt({ status: 'failed', endedAt: 5 }), sampleAttempt({ attempt: 2 })], changes: [] }
        expect((await storage.commit(run.next(again))).summary).toMatchObject({ version: 2, checkpoints: 2, attempts: 2 })
        const done = {
          record: { status: 'completed', endedAt: 9 },
          steps: [sampleStep({ status: 'completed' })],
          attempts: [sampleAttempt({ attempt: 2, status: 'completed', endedAt: 9 })],
        } as const
        expect((await storage.commit(run.next(done))).summary).toMatchObject({
          version: 3,
          status: 'completed',
          endedAt: 9,
          attempts: 2,
          at: [],
        })
      })

      test('on a version that is not the run’s are refused and leave nothing', async () => {
        const run = await created()
        const stale = run.next({ steps: [sampleStep()] })
        const before = storage.load(run.id)
        await expect(storage.commit({ ...stale, expected: 7 })).rejects.toThrow(VersionConflict)
        await expect(storage.commit({ ...stale, expected: null })).rejects.toMatchObject({ expected: null, found: 1 })
        expect(storage.load(run.id)).toEqual(before)
      })

      test('of a run that is not there are refused', async () => {
        const run = new SampleRun(storage, 1)
        await expect(storage.commit({ ...run.create(), expected: 3 })).rejects.toMatchObject({ expected: 3, found: null })
        expect(storage.load(run.id)).toBeUndefined()
      })

      test('of one turn stand and fall each by itself', async () => {
        const runs = Array.from({ length: 20 }, (_, index) => new SampleRun(storage, index + 1))
        await Promise.all(runs.map((run) => storage.commit(run.create())))
        const stale = 7
        const settled = await Promise.allSettled(
          runs.map((run, index) => {
            const transition = run.next({ steps: [sampleStep()] })
            return storage.commit(index === stale ? { ...transition, expected: 5 } : transition)
          }),
        )
        const stored = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.entry.position] : []))
        expect(settled.map(({ status }) => status).indexOf('rejected')).toBe(stale)
        expect(stored).toEqual(stored.map((_, index) => (stored[0] ?? 0) + index))
        expect(runs.map((run) => storage.load(run.id)?.record.version)).toEqual(runs.map((_, i) => (i === stale ? 1 : 2)))
        expect(runs.map((run) => storage.load(run.id)?.steps.length)).toEqual(runs.map((_, i) => (i === stale ? 0 : 1)))
      })

      test('that decided on the same version: the first one wins', async () => {
        const run = await created()
        const first = run.next({ steps: [sampleStep({ status: 'running' })] })
        const second = { ...first, steps: [sampleStep({ status: 'failed' })] }
        const settled = await Promise.allSettled([storage.commit(first), storage.commit(second)])
        expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
        expect(storage.load(run.id)?.steps).toEqual(first.steps)
      })

      test('after a rejected one go on without a gap', async () => {
        const run = await created()
        const last = await storage.commit(run.next())
        await expect(storage.commit({ ...run.next(), expected: 99 })).rejects.toThrow(VersionConflict)
        expect(await storage.record(sampleHostEntry())).toMatchObject({ position: last.entry.position + 1 })
      })

      test('whose checkpoint does not follow the last are refused and leave nothing', async () => {
        const run = await created()
        const before = storage.load(run.id)
        const value = run.seal('kept by nothing')
        const transition = run.next({ steps: [sampleStep()], values: [value] })
        await expect(storage.commit({ ...transition, checkpoints: [sampleCheckpoint(5, [])] })).rejects.toThrow(StorageFailed)
        expect(storage.load(run.id)).toEqual(before)
        expect(() => storage.value(run.lineage.id, value.address)).toThrow(CorruptionFound)
      })

      test('whose checkpoint names a value that is not stored are refused and leave nothing', async () => {
        const run = await created()
        const before = storage.load(run.id)
        const changes = [{ key: 'output/draft/1', address: nowhere }]
        await expect(storage.commit(run.next({ changes }))).rejects.toThrow(StorageFailed)
        expect(storage.load(run.id)).toEqual(before)
      })

      test('of an unknown lineage are refused', async () => {
        const run = new SampleRun(storage, 1)
        await expect(storage.commit({ ...run.create(), lineage: null })).rejects.toThrow(StorageFailed)
        expect(storage.load(run.id)).toBeUndefined()
      })
    })

    describe('branches', () => {
      /** Three checkpoints: an output in each of the last two. */
      const moved = async (): Promise<{ run: SampleRun; first: SealedValue; second: SealedValue }> => {
        const run = await created()
        const [first, second] = [run.seal('first'), run.seal('second')]
        const change = (iteration: number, { address }: SealedValue) => [{ key: outputKey(draft, iteration), address }]
        await storage.commit(run.next({ values: [first], changes: change(1, first), steps: [sampleStep({ output: first.address })] }))
        await storage.commit(run.next({ values: [second], changes: change(2, second), steps: [sampleStep({ iteration: 2 })] }))
        return { run, first, second }
      }
      const back = (run: SampleRun, from: number, changes: readonly StateChange[] = []): Promise<unknown> => {
        const { branch } = run.record
        return storage.commit(run.next({ branch: { parent: branch, from, why: 'a try' }, changes, steps: [sampleStep({ branch: branch + 1 })] }))
      }
      const keys = (run: SampleRun, checkpoint: number): readonly string[] => [...(storage.moment(run.id, checkpoint)?.state.keys() ?? [])].toSorted()

      test('a checkpoint is answered with the state there and every pass of its branch', async () => {
        const { run, first } = await moved()
        const moment = storage.moment(run.id, 1)
        expect(moment?.checkpoint).toMatchObject({ run: run.id, number: 1, branch: 0 })
        expect(keys(run, 1)).toEqual(['context', 'input', outputKey(draft, 1)])
        expect(moment?.state.get(outputKey(draft, 1))).toEqual({ key: outputKey(draft, 1), address: first.address })
        expect(moment?.steps).toHaveLength(2)
        expect(storage.moment(run.id, 3)).toBeUndefined()
        expect(storage.moment(runId(9), 0)).toBeUndefined()
      })

      test('a branch goes on from where it starts; what was there before stays', async () => {
        const { run } = await moved()
        await back(run, 1)
        expect(storage.load(run.id)).toMatchObject({ record: { branch: 1, head: 3 }, steps: [{ branch: 1 }] })
        expect(keys(run, 3)).toEqual(['context', 'input', outputKey(draft, 1)])
        expect(keys(run, 2)).toEqual(['context', 'input', outputKey(draft, 1), outputKey(draft, 2)])
        expect(storage.moment(run.id, 3)?.steps.map(({ branch }) => branch)).toEqual([1])
        expect(storage.moment(run.id, 2)?.steps.map(({ branch }) => branch)).toEqual([0, 0])
      })

      test('what a branch keeps is as on the one that was left for it, until it is written of itself', async () => {
        const { run } = await moved()
        const kept = { [draft]: 2 }
        await storage.commit(run.next({ branch: { parent: 0, from: 1, why: null, kept: { [draft]: 1 } }, changes: [], steps: [sampleStep({ branch: 1, iteration: 2 })] }))
        await storage.commit(run.next({ branch: { parent: 1, from: 2, why: null, kept }, changes: [] }))
        await storage.commit(run.next({ branch: { parent: 2, from: 2, why: null, kept }, changes: [], steps: [sampleStep({ branch: 3, iteration: 3 })] }))
        const first = storage.moment(run.id, 0)?.steps.find(({ iteration }) => iteration === 1)
        expect(storage.load(run.id)?.steps).toEqual([{ ...first, branch: 3 }, sampleStep({ branch: 3, iteration: 2 }), sampleStep({ branch: 3, iteration: 3 })])
        const taken = sampleStep({ branch: 3, iteration: 1, compensation: 'done' })
        await storage.commit(run.next({ steps: [taken] }))
        expect(storage.load(run.id)?.steps[0]).toEqual(taken)
        expect(storage.moment(run.id, 4)?.steps).toEqual([{ ...first, branch: 2 }, sampleStep({ branch: 2, iteration: 2 }), taken])
      })

      test('a branch says what it pins, and so does each of its checkpoints', async () => {
        const { run } = await moved()
        const { workflowVersion, revision } = run.record
        const other = { workflowVersion: 2, revision: RevisionHash.parse('ef'.repeat(32)) }
        await storage.saveRevision({ ...sampleRevision, hash: other.revision })
        await back(run, 1)
        await storage.commit(run.next({ branch: { parent: 1, from: 1, why: 'mended' }, record: other, changes: [], steps: [sampleStep({ branch: 2 })] }))
        await back(run, 2)
        const before = { workflowVersion, revision }
        expect([0, 1, 2, 3, 4, 5].map((number) => storage.moment(run.id, number)?.pinned)).toEqual([before, before, before, before, other, other])
        expect(storage.moment(run.id, 0)?.record).toMatchObject({ branch: 3, ...other })
      })

      test('what a branch drops is gone on it, and there on the others', async () => {
        const { run } = await moved()
        await back(run, 2, [{ key: outputKey(draft, 1), gone: true }])
        await back(run, 3)
        expect([2, 3, 4].map((number) => keys(run, number).includes(outputKey(draft, 1)))).toEqual([true, false, false])
        expect(keys(run, 4)).toContain(outputKey(draft, 2))
      })

      test('branches start from branches, also from those that were left', async () => {
        const { run, second } = await moved()
        await back(run, 1, [{ key: outputKey(draft, 7), address: second.address }])
        await back(run, 3)
        await back(run, 2)
        expect(keys(run, 4)).toEqual(keys(run, 3))
        expect(keys(run, 5)).toEqual(keys(run, 2))
      })

      test('a branch that starts nowhere, or without a checkpoint, is refused, and nothing of it kept', async () => {
        const { run } = await moved()
        const before = storage.load(run.id)
        const branch = { parent: 0, from: 9, why: null, kept: {} }
        const next = run.next({ branch, changes: [] })
        await expect(storage.commit(next)).rejects.toThrow(StorageFailed)
        await expect(storage.commit({ ...next, branch: { ...branch, from: 1 }, checkpoints: [] })).rejects.toThrow(StorageFailed)
        expect(storage.load(run.id)).toEqual(before)
      })
    })

    describe('values', () => {
      const kept = async (run: SampleRun, value: Json, sensitive = false): Promise<Json> => {
        const sealed = run.seal(value, sensitive)
        await storage.commit(run.next({ values: [sealed] }))
        return storage.value(run.lineage.id, sealed.address)
      }

      test.each<[string, Json]>([
        ['null', null],
        ['text', 'Grüße, 日本, 🏔️'],
        ['a long text', 'prose and more prose. '.repeat(1_000)],
        ['numbers', [0, 1, -1.5, 1e21, 5e-324]],
        ['a tree', { b: [true, { c: null }], a: {} }],
      ])('%s comes back as it was', async (_, value) => expect(await kept(await created(), value)).toEqual(value))

      test('names that objects have of old are data like any other', async () => {
        const value: Json = JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": 1}}')
        expect(JSON.stringify(await kept(await created(), value))).toBe(JSON.stringify(value))
        expect(Reflect.get({}, 'polluted')).toBeUndefined()
      })

      test('have one address, however they are written', () => {
        const lineage = sampleLineage(1)
        const one = storage.seal(lineage, { a: 1, b: [1.0, 'x'] }, false)
        expect(storage.seal(lineage, { b: [1, 'x'], a: 1 }, false)).toEqual(one)
        expect(storage.seal(lineage, { b: ['x', 1], a: 1 }, false).address).not.toBe(one.address)
        expect(storage.seal(sampleLineage(2), { a: 1, b: [1, 'x'] }, false).address).not.toBe(one.address)
      })

      test('that are sensitive hide that they are equal', async () => {
        const run = await created()
        const [one, other] = [run.seal('4111', true), run.seal('4111', true)]
        expect(one.address).not.toBe(other.address)
        expect(one.address).not.toBe(run.seal('4111').address)
        expect(await kept(run, '4111', true)).toBe('4111')
      })

      test('that are not there are reported, not made up', async () => {
        const run = await created()
        expect(() => storage.value(run.lineage.id, nowhere)).toThrow(CorruptionFound)
        expect(() => storage.value(lineageId(8), run.record.input)).toThrow(CorruptionFound)
      })

      test('that are no JSON are refused', () => {
        const seal = (value: Json) => () => storage.seal(sampleLineage(1), value, false)
        expect(seal(Number.NaN)).toThrow(ValueRefused)
        expect(seal({ a: [Number.POSITIVE_INFINITY] })).toThrow(ValueRefused)
        expect(seal({ a: '\ud800' })).toThrow(ValueRefused)
        expect(seal({ '\udc00': 1 })).toThrow(ValueRefused)
      })
    })

    describe('revisions', () => {
      test('come back as they were saved, once or twice', async () => {
        await storage.saveRevision(sampleRevision)
        expect(storage.revision(sampleRevision.hash)).toEqual(sampleRevision)
      })

      test('that are not there are undefined', () => {
        expect(storage.revision(RevisionHash.parse('cd'.repeat(32)))).toBeUndefined()
      })
    })

    describe('heartbeats', () => {
      test('the last one counts, whichever attempt gave it', async () => {
        const run = await created()
        storage.keep([sampleHeartbeat(run.id, 1), sampleHeartbeat(run.id, { page: 2 })])
        expect(storage.lastHeartbeat(run.id, 0, sampleStep().step, 1)).toEqual({ page: 2 })
        storage.keep([sampleHeartbeat(run.id, { page: 3 }, { attempt: 2 })])
        expect(storage.lastHeartbeat(run.id, 0, sampleStep().step, 1)).toEqual({ page: 3 })
      })

      test('are each of one iteration', async () => {
        const run = await created()
        storage.keep([sampleHeartbeat(run.id, 1)])
        expect(storage.lastHeartbeat(run.id, 0, sampleStep().step, 2)).toBeUndefined()
        expect(storage.lastHeartbeat(runId(9), 0, sampleStep().step, 1)).toBeUndefined()
      })
    })
  })
}
