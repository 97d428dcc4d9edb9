/**
 * What of a run its definitions mark as sensitive, gathered from whatever the run has come to hold. A replay goes by those too that
 * what it took over was held against.
 *
 * Invariants:
 * 1. It fails closed. Where anything that it needs is damaged, or was removed, it is not known what is sensitive, and the answer
 *    says so: whoever asked hides all of the run then, or all that no schema speaks of where only the texts are not known. A list
 *    that tells of such a run is answered all the same.
 * 2. A checkpoint that is damaged, or was removed, keeps nothing from being known that the journal tells as well.
 */
import type Database from 'better-sqlite3'
import type { Sensitivity } from '../../engine/queries.ts'
import { outputKey } from '../../model/checkpoint.ts'
import type { Address, RevisionHash, RunId } from '../../model/ids.ts'
import { type Marks, marksOf, schemasAt, sensitiveTexts } from '../../model/sensitive/marks.ts'
import { marksAny } from '../../model/sensitive/schema-nodes.ts'
import type { RunRow } from '../format/rows.ts'
import { definitionsOf } from './branches.ts'
import { checkpointReader } from './checkpoints.ts'
import { givenReader } from './given.ts'
import { ifWhole } from './if-whole.ts'
import { lineageReader } from './lineages.ts'
import { removedRunReader } from './removed-runs.ts'
import { revisionReader } from './revisions.ts'
import { type RunRows, runRowsReader } from './run-rows.ts'
import { runReader } from './runs.ts'
import { branchesGone, reaches } from './stubs.ts'
import { valueReader } from './values.ts'

/** Reads it, by one definition besides where that is named; null where nothing is marked, or there never was such a run. */
export function sensitivityReader(db: Database.Database): (id: RunId, besides?: RevisionHash) => Sensitivity | null {
  const runs = runReader(db)
  const removed = removedRunReader(db)
  const sensitivityOf = rowSensitivityReader(db)

  const gathered = (id: RunId, besides?: RevisionHash): Sensitivity | null => {
    const run = runs.byId(id)
    // What was said of a removed run may outlive it for a while; what was marked of it went with it.
    if (run === undefined) return removed.numberOf(id) === undefined ? null : 'unknown'
    return sensitivityOf(run, besides)
  }
  return (id, besides) => ifKnown(() => gathered(id, besides))
}

/** The same for whoever has read the run's row. */
export function rowSensitivityReader(db: Database.Database): (run: RunRow, besides?: RevisionHash) => Sensitivity | null {
  const rowsOf = runRowsReader(db)
  const revisions = revisionReader(db)
  const checkpoints = checkpointReader(db)
  const lineages = lineageReader(db)
  const values = valueReader(db)
  const given = givenReader(db)

  const marksNothing = marksNothingReader(db)

  const marksOn = (run: RunRow, rows: RunRows, besides: readonly RevisionHash[]): Marks | null => {
    return marksOf([...definitionsOf(run, rows.branches), ...besides].map((hash) => revisions.manifest(hash)))
  }

  /**
   * Each value that the run holds or held, with its key: at the end of each branch, and what was decided on. Of a branch that was removed
   * or cannot be read the journal tells what it was given.
   */
  const held = function* (run: RunRow, rows: RunRows): Generator<readonly [key: string, address: Address | null]> {
    const gone = branchesGone(run, rows.branches, rows.stubs)
    const there = reaches(run, rows.branches).filter((_, branch) => !gone.has(branch))
    const states = there.map(({ head }) => ifWhole(() => checkpoints.state(run, head).state))
    for (const state of states) for (const change of state?.values() ?? []) if ('address' in change) yield [change.key, change.address]
    if (gone.size > 0 || states.includes(undefined)) yield* given(run)
    for (const { step, iteration, output } of rows.steps) yield [outputKey(step, iteration), output]
    for (const { edits } of rows.decisions) if (edits !== null) yield [outputKey(edits.target.step, 1), edits.of]
  }

  const textsIn = (run: RunRow, rows: RunRows, marks: Marks): readonly string[] => {
    const lineage = lineages.byNumber(run.lineage)
    const texts = new Set<string>()
    const read = new Set<Address>()
    for (const [key, address] of held(run, rows)) {
      const schemas = schemasAt(marks, key)
      if (address === null || read.has(address) || !schemas.some(marksAny)) continue
      read.add(address)
      for (const text of sensitiveTexts(schemas, values.get(lineage, address))) texts.add(text)
    }
    return [...texts]
  }

  const gathered = (run: RunRow, besides?: RevisionHash): Sensitivity | null => {
    if (besides === undefined && marksNothing(run)) return null
    const rows = rowsOf(run)
    const marks = marksOn(run, rows, besides === undefined ? [] : [besides])
    return marks === null ? null : { marks, texts: ifWhole(() => textsIn(run, rows, marks)) ?? 'unknown' }
  }
  return (run, besides) => ifKnown(() => gathered(run, besides))
}

/** Whether no definition that a run has gone by marks anything. The answer throws CorruptionFound where that cannot be told. */
export function marksNothingReader(db: Database.Database): (run: RunRow) => boolean {
  const revisions = revisionReader(db)
  const rowsOf = runRowsReader(db)
  const known = new Map<RevisionHash, boolean>()

  const isMarked = (revision: RevisionHash): boolean => {
    const found = known.get(revision) ?? marksOf([revisions.manifest(revision)]) !== null
    known.set(revision, found)
    return found
  }

  return (run) => {
    const { branch, revision, origin } = run.record
    if (isMarked(revision)) return false
    // One that was never sent back, and took nothing over of another definition, goes by one alone.
    if (branch === 0 && origin?.earlier === undefined) return true
    return !definitionsOf(run, rowsOf(run).branches).some(isMarked)
  }
}

function ifKnown(gather: () => Sensitivity | null): Sensitivity | null {
  const found = ifWhole(gather)
  return found === undefined ? 'unknown' : found
}
