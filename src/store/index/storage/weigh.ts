import type Database from 'better-sqlite3'
import { partsOfKey } from '../../../model/checkpoint.ts'
import type { Address } from '../../../model/ids.ts'
import type { ValueKind } from '../../../model/storage-use.ts'
import { cryptOf } from '../../crypt/unlock.ts'
import { openRow, type RawRow, rowColumns } from '../../format/row.ts'
import { decisionFormat, type RunRow } from '../../format/rows.ts'
import { fromHex } from '../../format/sha256.ts'
import { checkpointReader } from '../../read/checkpoints.ts'
import { lineageReader } from '../../read/lineages.ts'
import { valueReader } from '../../read/values.ts'
import { Scale, sharesOf, type Weights } from './weight.ts'

/** What a run weighs, and how far it was read for that: the next checkpoint, and the newest entry of the journal. */
export interface Weighed {
  readonly checkpoints: number
  readonly position: number
  readonly parts: Weights
}

export const unweighed: Weighed = { checkpoints: 0, position: 0, parts: [] }

/** Checkpoints that are read at once. */
const slice = 1_000

interface Sum {
  readonly bytes: number
}

/** Weighs what a run has come to have since it was last weighed. It throws CorruptionFound. */
export function runScale(store: Database.Database) {
  const crypt = cryptOf(store)
  const { chain } = checkpointReader(store)
  const lineages = lineageReader(store)
  const values = valueReader(store)
  const sumOf = (table: string, bytes: string, where: string) =>
    store.prepare<number[], Sum>(`SELECT coalesce(sum(${bytes}), 0) AS bytes FROM ${table} WHERE ${where}`)
  const sealed = 'octet_length(content) + octet_length(checksum)'
  const checkpoints = sumOf('checkpoint', sealed, 'run = ? AND number >= ?')
  const keyframes = sumOf('keyframe', 'octet_length(body) + octet_length(checksum)', 'run = ? AND number >= ?')
  const logs = sumOf('signal', sealed, 'run = ?')
  const rows = [sumOf('run', sealed, 'number = ?'), ...['branch', 'step', 'attempt', 'decision'].map((table) => sumOf(table, sealed, 'run = ?'))]
  const journal = store.prepare<[number, number], Sum & { readonly last: number | null }>(
    'SELECT coalesce(sum(octet_length(body) + octet_length(digest)), 0) AS bytes, max(position) AS last FROM journal WHERE run = ? AND position > ?',
  )
  const size = store
    .prepare<[number, Buffer], number>(
      'SELECT octet_length(address) + coalesce(octet_length(salt), 0) + octet_length(body) FROM value WHERE lineage = ? AND address = ?',
    )
    .pluck()
  const decisions = store.prepare<[number], RawRow>(`SELECT ${rowColumns(decisionFormat)} FROM decision WHERE run = ?`).raw()

  /** `takes` says whether a value has not been counted yet, and has it be counted with that. */
  return (run: RunRow, before: Weighed, takes: (address: Address) => boolean): Weighed => {
    const { number, ledger } = run
    const scale = new Scale(before.parts)
    const lineage = lineages.byNumber(run.lineage)

    const weighValue = (kind: ValueKind, step: string, address: Address): void => {
      const bytes = size.get(lineage.number, fromHex(address))
      if (bytes === undefined || !takes(address)) return
      for (const [field, share] of sharesOf(values.get(lineage, address), bytes)) scale.add(kind, step, field, share)
    }

    for (let first = before.checkpoints; first < ledger.checkpoints; first += slice) {
      for (const { changes } of chain(run, first, Math.min(first + slice, ledger.checkpoints) - 1)) {
        for (const change of changes) {
          if ('address' in change) weighValue(kindOf(change.key), partsOfKey(change.key).step ?? '', change.address)
        }
      }
    }
    for (const row of decisions.all(number)) {
      const { step, shown, edit } = openRow(crypt, decisionFormat, row).content
      for (const address of [shown, edit]) if (address !== null) weighValue('decision', step, address)
    }
    const taken = (checkpoints.get(number, before.checkpoints)?.bytes ?? 0) + (keyframes.get(number, before.checkpoints)?.bytes ?? 0)
    scale.add('checkpoints', '', '', taken)
    const told = journal.get(number, before.position)
    scale.add('journal', '', '', told?.bytes ?? 0)
    scale.set('logs', logs.get(number)?.bytes ?? 0)
    scale.set('rows', rows.reduce((sum, each) => sum + (each.get(number)?.bytes ?? 0), 0))
    return { checkpoints: ledger.checkpoints, position: told?.last ?? before.position, parts: scale.weights }
  }
}

function kindOf(key: string): ValueKind {
  return key === 'input' || key === 'context' ? key : 'output'
}
