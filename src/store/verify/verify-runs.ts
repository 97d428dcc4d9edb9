import type Database from 'better-sqlite3'
import type { Checkpoint } from '../../model/checkpoint.ts'
import type { Address } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { fold, openKeyframe, sealKeyframe, type StateMap } from '../format/delta.ts'
import { type RawRow, openRow, rowColumns } from '../format/row.ts'
import { runFormat, type RunRow } from '../format/rows.ts'
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
    findings.check('run', id, () => verifyAddresses(run, addressesOf(run, rowsOf(run))))
    findings.check('checkpoint', id, () => {
      const chain = ledger.checkpoints === 0 ? [] : checkpoints.chain(run, 0, ledger.checkpoints - 1)
      checked.checkpoints += chain.length
      verifyKeyframes(run, chain, keyframesOf.all(number))
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

/** Each keyframe is the fold of all changes before it. @throws CorruptionFound */
function verifyKeyframes(run: RunRow, chain: readonly Checkpoint[], stored: readonly StoredKeyframe[]): void {
  const corrupt = (detail: string): CorruptionFound => new CorruptionFound('keyframe', run.record.id, detail)
  if (stored.length !== run.ledger.keyframes) throw corrupt(`${run.ledger.keyframes} of them were stored, ${stored.length} are there`)
  let state: StateMap = new Map()
  let next = 0
  for (const keyframe of stored) {
    const checkpoint = chain[keyframe.number]
    if (checkpoint === undefined) throw corrupt(`there is no checkpoint ${keyframe.number}`)
    state = fold(state, chain.slice(next, keyframe.number + 1).flatMap(({ changes }) => changes))
    next = keyframe.number + 1
    const read = openKeyframe(checkpoint, keyframe)
    if (sealKeyframe(checkpoint.checksum, state).text !== sealKeyframe(checkpoint.checksum, read).text) {
      throw corrupt(`the one at ${keyframe.number} is not what the changes before it add up to`)
    }
  }
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
