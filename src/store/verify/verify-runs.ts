import type Database from 'better-sqlite3'
import { type Checkpoint, type StateChange, takeChange } from '../../model/checkpoint.ts'
import type { Address } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { openKeyframe, sealKeyframe, type StateMap } from '../format/delta.ts'
import { type RawRow, openRow, rowColumns } from '../format/row.ts'
import { runFormat, type RunRow } from '../format/rows.ts'
import { pinnedOn } from '../read/branches.ts'
import { checkpointReader } from '../read/checkpoints.ts'
import { lineageReader } from '../read/lineages.ts'
import { revisionReader } from '../read/revisions.ts'
import { type RunRows, runRowsReader } from '../read/run-rows.ts'
import { valueReader } from '../read/values.ts'
import type { Findings } from './findings.ts'
import type { JournalAccount } from './verify-journal.ts'

interface StoredKeyframe {
  readonly number: number
  readonly body: unknown
  readonly checksum: unknown
}

/** Every run with all that belongs to it, against itself, the journal, and what it refers to. */
export function verifyRuns(
  db: Database.Database,
  findings: Findings,
  journal: JournalAccount,
): { runs: number; checkpoints: number } {
  const rowsOf = runRowsReader(db)
  const checkpoints = checkpointReader(db)
  const lineages = lineageReader(db)
  const revisions = revisionReader(db)
  const values = valueReader(db)
  const keyframesOf = db.prepare<[number], StoredKeyframe>(
    'SELECT number, body, checksum FROM keyframe WHERE run = ? ORDER BY number',
  )
  const all = db.prepare<[], RawRow>(`SELECT ${rowColumns(runFormat)} FROM run NOT INDEXED`).raw()
  const seen = new Set<string>()
  const checked = { runs: 0, checkpoints: 0 }

  const verifyAddresses = (run: RunRow, addresses: readonly Address[]): void => {
    for (const address of new Set(addresses)) {
      if (!values.has(run.lineage, address)) {
        throw new CorruptionFound('value', address, `run ${run.record.id} refers to it and it is not there`)
      }
    }
  }

  const verify = (run: RunRow): void => {
    const { record, ledger, number } = run
    const { id } = record
    const journaled = journal.runs.get(id)
    seen.add(id)
    if (journaled?.version !== record.version || journaled.number !== number) {
      findings.add('run', id, `the journal has it at version ${journaled?.version ?? 'none'}, its row at ${record.version}`)
    }
    findings.check('run', id, () => lineages.byNumber(run.lineage))
    findings.check('run', id, () => revisions.manifest(record.revision))
    const starts = new Map<number, number>()
    findings.check('run', id, () => {
      const rows = rowsOf(run)
      for (const { number: branch, from } of rows.branches) if (from !== null) starts.set(branch, from)
      const pinned = new Set(rows.branches.map((branch) => pinnedOn(run, rows.branches, branch.number).revision))
      pinned.delete(record.revision)
      for (const revision of pinned) findings.check('run', id, () => revisions.manifest(revision))
      verifyAddresses(run, addressesOf(run, rows))
    })
    findings.check('checkpoint', id, () => {
      const chain = ledger.checkpoints === 0 ? [] : checkpoints.chain(run, 0, ledger.checkpoints - 1)
      checked.checkpoints += chain.length
      verifyKeyframes(run, chain, keyframesOf.all(number), starts)
      verifyAddresses(run, chain.flatMap(addressesIn))
    })
  }

  findings.check('run', 'rows', () => {
    for (const row of all.all()) {
      checked.runs++
      findings.check('run', String(row[1]), () => verify(openRow(runFormat, row).content))
    }
  })
  for (const id of journal.runs.keys()) {
    if (!seen.has(id)) findings.add('run', id, 'the journal has it and it cannot be read')
  }
  return checked
}

/**
 * Each keyframe is the fold of all changes before it; `starts` names for each branch the checkpoint that it starts from.
 * @throws CorruptionFound
 */
function verifyKeyframes(
  run: RunRow,
  chain: readonly Checkpoint[],
  stored: readonly StoredKeyframe[],
  starts: ReadonlyMap<number, number>,
): void {
  const corrupt = (detail: string): CorruptionFound => new CorruptionFound('keyframe', run.record.id, detail)
  if (stored.length !== run.ledger.keyframes) throw corrupt(`${run.ledger.keyframes} of them were stored, ${stored.length} are there`)
  const keyframes = new Map(stored.map((keyframe) => [keyframe.number, keyframe]))
  const wanted = new Set(starts.values())
  const known = new Map<number, StateMap>()
  let state = new Map<string, StateChange>()
  let branch = 0
  for (const checkpoint of chain) {
    if (checkpoint.branch !== branch) {
      branch = checkpoint.branch
      const base = known.get(starts.get(branch) ?? -1)
      if (base === undefined) throw corrupt(`branch ${branch} starts nowhere`)
      if (!keyframes.has(checkpoint.number)) throw corrupt(`branch ${branch} does not begin with one`)
      state = new Map(base)
    }
    for (const change of checkpoint.changes) takeChange(state, change)
    if (wanted.has(checkpoint.number)) known.set(checkpoint.number, new Map(state))
    const keyframe = keyframes.get(checkpoint.number)
    if (keyframe === undefined) continue
    keyframes.delete(checkpoint.number)
    const read = openKeyframe(checkpoint, keyframe)
    if (sealKeyframe(checkpoint.checksum, state).text !== sealKeyframe(checkpoint.checksum, read).text) {
      throw corrupt(`the one at ${checkpoint.number} is not what the changes before it add up to`)
    }
  }
  const [left] = keyframes.keys()
  if (left !== undefined) throw corrupt(`there is no checkpoint ${left}`)
}

function addressesIn({ changes }: Checkpoint): Address[] {
  return changes.flatMap((change) => ('address' in change ? [change.address] : []))
}

function addressesOf({ record }: RunRow, { steps, decisions }: RunRows): Address[] {
  const named = [
    record.input,
    record.context,
    ...steps.map(({ output }) => output),
    ...decisions.flatMap(({ shown, edits, edit }) => [shown, edits?.of ?? null, edit]),
  ]
  return named.filter((address) => address !== null)
}
