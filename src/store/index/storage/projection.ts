/**
 * What each run weighs, kept while the journal is followed: no question adds up rows of the store.
 *
 * Invariants:
 * 1. What a run weighs comes from its rows as they stand, beyond those that were weighed before: rows are only added.
 * 2. A value is counted once in its lineage. Where a run of one is removed, all others of it are weighed anew.
 * 3. The sums are those of the runs that stand here.
 */
import type Database from 'better-sqlite3'
import type { JournalEntry } from '../../../model/entry.ts'
import type { Address, RunId } from '../../../model/ids.ts'
import { CorruptionFound } from '../../../model/storage-errors.ts'
import type { RunRow } from '../../format/rows.ts'
import { runReader } from '../../read/runs.ts'
import { parsed } from '../parsed.ts'
import type { Follow, Projection } from '../projection.ts'
import { removedIn } from '../removed-in.ts'
import { createStorageTables } from './tables.ts'
import { runScale, unweighed, type Weighed } from './weigh.ts'
import { bytesOf, Weights } from './weight.ts'

export const storage: Projection = { name: 'storage', version: 1, create: createStorageTables, follow: followStorage }

interface Row {
  readonly number: number
  readonly id: RunId
  readonly workflow: string
  readonly lineage: number
  readonly checkpoints: number
  readonly position: number
  readonly parts: string
}

function followStorage(index: Database.Database, store: Database.Database): Follow {
  const runs = runReader(store)
  const weigh = runScale(store)
  const find = index.prepare<[string], Row>('SELECT * FROM storage_run WHERE id = ?')
  const kin = index.prepare<[number], RunId>('SELECT id FROM storage_run WHERE lineage = ?').pluck()
  const isCounted = index.prepare<[number, string], number>('SELECT 1 FROM storage_value WHERE lineage = ? AND address = ?').pluck()
  const count = index.prepare<[number, string]>('INSERT INTO storage_value (lineage, address) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const forget = index.prepare<[number]>('DELETE FROM storage_value WHERE lineage = ?')
  const drop = index.prepare<[number]>('DELETE FROM storage_run WHERE number = ?')
  const put = index.prepare(
    `INSERT OR REPLACE INTO storage_run (number, id, workflow, lineage, bytes, checkpoints, position, parts) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const sum = index.prepare<[string, string, string, string, number]>(
    `INSERT INTO storage_sum (workflow, part, step, field, bytes) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes`,
  )

  const enter = (workflow: string, parts: Weights, sign: 1 | -1): void => {
    for (const [part, step, field, bytes] of parts) sum.run(workflow, part, step, field, sign * bytes)
  }

  return (entries) => {
    const removed = removedIn(entries).flatMap((id) => find.get(id) ?? [])
    const anew = new Set(removed.map(({ lineage }) => lineage))
    const changed = new Set([...runsIn(entries), ...[...anew].flatMap((lineage) => kin.all(lineage))])
    for (const { id } of removed) changed.delete(id)
    const writes: (() => void)[] = [
      ...removed.map(({ number, workflow, parts }) => () => {
        enter(workflow, weightsIn(parts), -1)
        drop.run(number)
      }),
      ...[...anew].map((lineage) => () => void forget.run(lineage)),
    ]
    const counted = new Set<string>()
    for (const id of changed) {
      const run = whole(() => runs.byId(id))
      if (run === undefined) continue
      const { lineage } = run
      const stored = find.get(id)
      const before = stored && { ...stored, parts: weightsIn(stored.parts) }
      const addresses: Address[] = []
      const takes = (address: Address): boolean => {
        const name = `${lineage} ${address}`
        if (counted.has(name) || (!anew.has(lineage) && isCounted.get(lineage, address) !== undefined)) return false
        counted.add(name)
        addresses.push(address)
        return true
      }
      const after = whole(() => weigh(run, (anew.has(lineage) ? undefined : before) ?? unweighed, takes))
      if (after === undefined) continue
      writes.push(() => {
        const { workflow } = run.record
        if (before !== undefined) enter(workflow, before.parts, -1)
        enter(workflow, after.parts, 1)
        put.run(...columns(run, after))
        for (const address of addresses) count.run(lineage, address)
      })
    }
    return () => writes.forEach((write) => write())
  }
}

function columns({ number, lineage, record: { id, workflow } }: RunRow, { checkpoints, position, parts }: Weighed): (string | number)[] {
  return [number, id, workflow, lineage, bytesOf(parts), checkpoints, position, JSON.stringify(parts)]
}

function runsIn(entries: readonly JournalEntry[]): Set<RunId> {
  return new Set(entries.flatMap(({ run }) => (run === null ? [] : [run])))
}

function weightsIn(parts: string): Weights {
  return parsed(Weights, JSON.parse(parts))
}

/** A run that is damaged stays as it was last weighed: verification is what tells of it. */
function whole<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof CorruptionFound) return undefined
    throw error
  }
}
