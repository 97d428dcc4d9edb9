/**
 * The WAL is cut at random places, as a crash of the machine leaves it, and its bytes are changed: what the store says
 * then is what it said at some moment, with all that was acknowledged up to there, and nothing of what came after.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outputKey } from '../../src/model/checkpoint.ts'
import { migrations } from '../../src/store/migrations/all.ts'
import { storePaths } from '../../src/store/paths.ts'
import { type JournalHead, journalReader } from '../../src/store/read/journal.ts'
import { openWriter } from '../../src/store/sqlite/connection.ts'
import { verifyStore } from '../../src/store/verify/verify-store.ts'
import { everySaying } from './damage/saying.ts'
import { draft, sampleAttempt, SampleRun, sampleRevision, sampleStep } from './samples.ts'
import { ScratchStore } from './scratch-store.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? 0.1)
const cuts = Math.ceil(2_000 * scale)
/** As long as many take; no single one waits. */
const patience = 60_000 * Math.max(1, 10 * scale)

/** Where the journal ended, and the WAL with it, when a commit was acknowledged. */
interface Acknowledged extends JournalHead {
  readonly size: number
}

const scratch = new ScratchStore()
const folder = mkdtempSync(join(tmpdir(), 'cairn-torn-'))
const copy = { store: join(folder, 'store.db'), wal: join(folder, 'store.db-wal'), shm: join(folder, 'store.db-shm'), anchor: join(folder, 'anchor.json') }
const acknowledged: Acknowledged[] = []
let file: Buffer
let wal: Buffer

beforeAll(async () => {
  const store = await scratch.open({ keyframeFloor: 1_000 })
  const { store: path } = storePaths(scratch.workspace)
  const noted = (): void => void acknowledged.push({ ...store.head(), size: statSync(`${path}-wal`).size })
  await store.storage.saveRevision(sampleRevision)
  noted()
  const runs = [1, 2, 3].map((number) => new SampleRun(store.storage, number))
  for (const run of runs) {
    await store.storage.commit(run.create({ steps: [sampleStep()] }))
    noted()
  }
  for (let pass = 1; pass <= 25; pass++) {
    // The three are one group: one COMMIT has all of them or none.
    await Promise.all(
      runs.map((run) => {
        const value = run.seal(`output ${pass} of ${run.id} `.repeat(pass))
        const changes = [{ key: outputKey(draft, pass), address: value.address }]
        const rows = { steps: [sampleStep({ iteration: pass, output: value.address })], attempts: [sampleAttempt({ iteration: pass })] }
        return store.storage.commit(run.next({ values: [value], changes, ...rows }))
      }),
    )
    noted()
  }
  file = readFileSync(path)
  wal = readFileSync(`${path}-wal`)
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await scratch.remove()
})

/** What the store says where its journal ends at a position: every byte of it was held against the rest once. */
const wholes = new Map<number, string>()

/** Opens the file with this WAL, and answers where its journal ends. What it says is whole, and the same each time. */
function recovered(torn: Buffer): JournalHead {
  rmSync(copy.shm, { force: true })
  writeFileSync(copy.store, file)
  writeFileSync(copy.wal, torn)
  const db = openWriter(copy.store, 'normal', migrations)
  try {
    const head = journalReader(db).head()
    // A revision is stored without an entry: before the first, there are two moments.
    const said = [...everySaying(db).keys()].join('\n')
    if (head.position === 0 || !wholes.has(head.position)) {
      writeFileSync(copy.anchor, JSON.stringify(head))
      expect(verifyStore(db, copy.anchor).findings).toEqual([])
      wholes.set(head.position, said)
    }
    expect(said === wholes.get(head.position), `entry ${head.position} is the last, and the rows are others`).toBe(true)
    return head
  } finally {
    db.close()
  }
}

test(`cut at ${cuts} places, it has all that was acknowledged by then, and no half of anything`, () => {
  fc.assert(
    fc.property(fc.nat({ max: wal.length }), (length) => {
      const head = recovered(wal.subarray(0, length))
      const last = acknowledged.findLast(({ size }) => size <= length)
      expect(head.position).toBe(last?.position ?? 0)
      if (last !== undefined) expect(head.digest).toBe(last.digest)
    }),
    { numRuns: cuts },
  )
}, patience)

test('with bytes of it changed, it has what was acknowledged before them; that the rest is gone shows', () => {
  const { anchor } = storePaths(scratch.workspace)
  const last = acknowledged.at(-1) ?? expect.fail('nothing was acknowledged')
  writeFileSync(anchor, JSON.stringify({ position: last.position, digest: last.digest }))
  fc.assert(
    fc.property(fc.nat({ max: wal.length - 1 }), fc.nat({ max: 7 }), (place, bit) => {
      const torn = Buffer.from(wal)
      torn[place] = (torn[place] ?? 0) ^ (1 << bit)
      const head = recovered(torn)
      const known = acknowledged.find(({ position }) => position === head.position)
      if (head.position > 0) expect(head.digest).toBe(known?.digest)
      if (head.position < last.position && head.position > 0) {
        const db = new Database(copy.store)
        expect(verifyStore(db, anchor).findings).toContainEqual(expect.objectContaining({ object: 'journal', key: 'anchor' }))
        db.close()
      }
    }),
    { numRuns: Math.ceil(cuts / 10) },
  )
}, patience)
