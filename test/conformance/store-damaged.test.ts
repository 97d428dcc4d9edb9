/**
 * Bytes of a store's file are changed at random places, and the file is cut. Whatever that changes in what the store says
 * is found, and the right object named. Where it changes neither a row nor anything that SQLite needs to find one (an
 * index, a header), nothing is said of it.
 */
import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workspaceKey } from '../../src/store/crypt/workspace-key.ts'
import { migrations } from '../../src/store/migrations/all.ts'
import { storePaths } from '../../src/store/paths.ts'
import { openWriter } from '../../src/store/sqlite/connection.ts'
import { verifyStore } from '../../src/store/verify/verify-store.ts'
import { fillWithEveryKind } from './damage/every-kind.ts'
import { Image } from './damage/image.ts'
import { startedRun } from './samples.ts'
import { ScratchStore } from './scratch-store.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? 0.1)
/** Of a store that is not encrypted: `npm run torture`, whose scale is 20, has twenty thousand. */
const places = scale > 1 ? 1_000 : 500
/** As long as many take; no single one waits. */
const patience = 60_000 * Math.max(1, 10 * scale)

/** A bit of one byte or of several is changed; where it is of none, the file ends there. */
const damages = fc.record({ place: fc.nat(), bit: fc.nat({ max: 7 }), length: fc.oneof({ weight: 60, arbitrary: fc.constant(1) }, { weight: 15, arbitrary: fc.constant(16) }, { weight: 1, arbitrary: fc.constant(0) }) })

describe.each([
  ['store', null],
  ['encrypted store', workspaceKey(Buffer.alloc(32, 7))],
])('a %s', (_kind, key) => {
  const scratch = new ScratchStore()
  const paths = storePaths(scratch.workspace)
  let image: Image

  beforeAll(async () => {
    await fillWithEveryKind(await scratch.open({ keyframeFloor: 1_500, durability: 'normal', key }), scratch.clock)
    await scratch.shut()
    image = new Image(readFileSync(paths.store), paths.anchor, key)
  })
  afterAll(() => scratch.remove())

  function damaged({ place, bit, length }: { place: number; bit: number; length: number }): Buffer {
    const at = place % image.bytes.length
    if (length === 0) return Buffer.from(image.bytes.subarray(0, at))
    const bytes = Buffer.from(image.bytes)
    for (const [index, byte] of bytes.subarray(at, at + length).entries()) bytes[at + index] = byte ^ (1 << bit)
    return bytes
  }

  test('that is whole has no findings, and says the same each time', () => {
    expect(image.findings(image.bytes)).toEqual([])
    expect(image.judged(image.bytes)).toBe('same')
  })

  test('with the name of a table changed is found as not of this version, whatever that table held', () => {
    const verdicts = placesOf('keyframe', image.bytes).map((place) => image.judged(damaged({ place, bit: 5, length: 1 })))
    expect(verdicts).toContain('found')
  })

  test('with a text of the schema that has become octets is found as not of this version', () => {
    // An odd number before a row says that a column is text, the even one before it that it is octets of the same length.
    const flipped = placesOf('tablejournaljournal', image.bytes).flatMap((place) => [place - 5, place - 4])
    expect(flipped.map((place) => image.judged(damaged({ place, bit: 0, length: 1 })))).toContain('found')
  })

  /** The index says that it begins in another page: in that of a table, or in one of the middle of a table. */
  function begins(page: string): Buffer {
    const db = new Database(image.bytes)
    db.unsafeMode()
    db.pragma('writable_schema = ON')
    db.prepare(`UPDATE sqlite_schema SET rootpage = (${page}) WHERE name = 'pending_queued'`).run()
    const bytes = db.serialize()
    db.close()
    return bytes
  }

  test('with an index that begins where a table does is found, also where both are empty', () => {
    const bytes = begins("SELECT rootpage FROM sqlite_schema WHERE name = 'breaker'")
    expect(image.judged(bytes)).toBe('found')
    expect(image.findings(bytes)).toContainEqual(expect.objectContaining({ object: 'schema', detail: expect.stringContaining('begin in the same page') }))
  })

  test('with an index that begins within a table is found, also where it should be empty', () => {
    const bytes = begins("SELECT max(pageno) FROM dbstat WHERE name = 'step' AND pagetype = 'leaf'")
    expect(image.judged(bytes)).toMatch(/^found/)
  })

  test('law: every change of what the store says is found as what it is, and nothing is said of one that says the same', () => {
    const seen = { same: 0, found: 0, 'found as the file': 0 }
    fc.assert(
      fc.property(damages, (damage) => {
        seen[image.judged(damaged(damage))] += 1
      }),
      { numRuns: Math.max(50, (key === null ? places : 100) * scale) },
    )
    expect(seen.found).toBeGreaterThan(5)
    expect(seen.same).toBeGreaterThan(0)
  }, patience)
})

/** Where the word stands in the schema, which a file begins with. */
function placesOf(word: string, bytes: Buffer): number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(word); at !== -1 && at < 100_000; at = bytes.indexOf(word, at + 1)) places.push(at)
  return places
}

test('a store that is opened time and again, and written in between, is whole each time', async () => {
  const small = new ScratchStore()
  const { store, anchor } = storePaths(small.workspace)
  const run = await startedRun((await small.open()).storage, 1)
  await small.shut()
  for (let opening = 0; opening < 1_000 * scale; opening += 1) {
    if (opening % 50 === 0) {
      await (await small.open({ durability: 'normal' })).storage.commit(run.next({ changes: [] }))
      await small.shut()
    }
    const db = openWriter(store, 'normal', migrations)
    expect(verifyStore(db, anchor).findings).toEqual([])
    db.close()
  }
  await small.remove()
}, patience)
