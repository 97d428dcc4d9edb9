/**
 * What each run weighs, kept while the journal is followed: no question adds up rows of the store.
 *
 * Invariants:
 * 1. What a run weighs comes from its rows as they stand, beyond those that were weighed before: rows are only added.
 * 2. A value is counted once in its lineage, under the key that names it, in a checkpoint or in the state that what went of a
 *    trimmed run added up to. Where a run of one is removed, or loses checkpoints, all that
 *    are left of it are weighed anew.
 * 3. The sums are those of the runs that stand here.
 */
import type Database from 'better-sqlite3'
import type { RunId } from '../../../model/ids.ts'
import type { RunRow } from '../../format/rows.ts'
import { ifWhole } from '../../read/if-whole.ts'
import type { Follow, Projection } from '../projection.ts'
import { sumKeeper } from './sum-keeper.ts'
import { createStorageTables } from './tables.ts'
import { type Gain, runScale, unread } from './weigh.ts'
import { bytesOf, Scale, storedWeights } from './weight.ts'

export const storage: Projection = { name: 'storage', version: 4, create: createStorageTables, follow: followStorage }

interface Row {
  readonly number: number
  readonly workflow: string
  readonly lineage: number
  readonly checkpoints: number
  readonly position: number
  readonly parts: string
}

/** A run that is weighed: what it weighed before, and what has come since. */
interface Weighed {
  readonly run: RunRow
  readonly before: Row | undefined
  /** All of it is weighed, and not only what has come. */
  readonly isAnew: boolean
  readonly gain: Gain
}

function followStorage(index: Database.Database, store: Database.Database): Follow {
  const weigh = runScale(store)
  const find = index.prepare<[string], Row>('SELECT number, workflow, lineage, checkpoints, position, parts FROM storage_run WHERE id = ?')
  const kin = index.prepare<[number], RunId>('SELECT id FROM storage_run WHERE lineage = ?').pluck()
  const count = index.prepare<[number, string]>('INSERT OR IGNORE INTO storage_value (lineage, address) VALUES (?, ?)')
  const forget = index.prepare<[number]>('DELETE FROM storage_value WHERE lineage = ?')
  const drop = index.prepare<[number]>('DELETE FROM storage_run WHERE number = ?')
  const put = index.prepare(
    `INSERT INTO storage_run (number, id, workflow, lineage, bytes, checkpoints, position, parts) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (number) DO UPDATE SET
       bytes = excluded.bytes, checkpoints = excluded.checkpoints, position = excluded.position, parts = excluded.parts`,
  )
  const sumsOf = sumKeeper(index)

  return (slice) => {
    const removed = slice.removed.flatMap((id) => find.get(id) ?? [])
    const trimmed = slice.trimmed.flatMap((id) => find.get(id) ?? [])
    const anew = new Set([...removed, ...trimmed].map(({ lineage }) => lineage))
    const changed = new Set([...slice.runs.keys(), ...[...anew].flatMap((lineage) => kin.all(lineage))])
    const weighed = [...changed].flatMap((id): Weighed[] => {
      const run = slice.removed.includes(id) ? undefined : slice.run(id)
      if (run === undefined) return []
      const before = find.get(id)
      const isAnew = anew.has(run.lineage)
      const gain = ifWhole(() => weigh(run, isAnew ? unread : (before ?? unread), slice))
      return gain === undefined ? [] : [{ run, before, isAnew, gain }]
    })

    return () => {
      const sums = sumsOf()
      for (const { number, workflow, parts } of removed) {
        sums.take(workflow, storedWeights(parts))
        drop.run(number)
      }
      for (const lineage of anew) forget.run(lineage)
      for (const { run: { number, lineage, record: { id, workflow } }, before, isAnew, gain } of weighed) {
        const stood = before === undefined ? [] : storedWeights(before.parts)
        const scale = new Scale(isAnew ? [] : stood)
        scale.addAll(gain.more)
        for (const weight of gain.instead) scale.set(weight)
        for (const { address, weights } of gain.values) if (count.run(lineage, address).changes > 0) scale.addAll(weights)
        const parts = scale.weights
        sums.take(workflow, stood)
        sums.add(workflow, parts)
        put.run(number, id, workflow, lineage, bytesOf(parts), gain.read.checkpoints, gain.read.position, JSON.stringify(parts))
      }
      sums.write()
    }
  }
}
