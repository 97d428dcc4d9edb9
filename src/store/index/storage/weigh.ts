import type Database from 'better-sqlite3'
import { partsOfKey, type StateChange } from '../../../model/checkpoint.ts'
import type { Address, RevisionHash } from '../../../model/ids.ts'
import type { Json, JsonSchema } from '../../../model/json.ts'
import type { Manifest } from '../../../model/manifest.ts'
import { namesGiven, speakingOf } from '../../../model/sensitive/schema-nodes.ts'
import type { ValueKind } from '../../../model/storage-use.ts'
import { cryptOf } from '../../crypt/unlock.ts'
import { isCheckpointOf } from '../../format/checkpoint-id.ts'
import { openRow, type RawRow, rowColumns } from '../../format/row.ts'
import { decisionFormat, type RunRow } from '../../format/rows.ts'
import { checkpointReader } from '../../read/checkpoints.ts'
import { ifWhole } from '../../read/if-whole.ts'
import { revisionReader } from '../../read/revisions.ts'
import { marksNothingReader } from '../../read/sensitivity.ts'
import type { Slice } from '../slice.ts'
import { sharesOf, type Weight, type Weights } from './weight.ts'

/** How far a run was read when it was last weighed: the next checkpoint, and the newest entry of the journal. */
export interface Read {
  readonly checkpoints: number
  readonly position: number
}

export const unread: Read = { checkpoints: 0, position: 0 }

/** A value that a run refers to, and what it weighs where it has not been counted in its lineage. */
export interface WeighedValue {
  readonly address: Address
  readonly weights: Weights
}

/** What a run has come to have since it was last weighed. */
export interface Gain {
  readonly read: Read
  readonly values: readonly WeighedValue[]
  /** What comes on top of what there was. */
  readonly more: Weights
  /** What takes the place of what there was. */
  readonly instead: Weights
}

/** Checkpoints that are read at once. */
const slice = 1_000

interface Sums {
  readonly checkpoints: number
  readonly keyframes: number
  readonly rows: number
  readonly logs: number
  readonly journal: number
  readonly last: number | null
}

const sealed = 'octet_length(content) + octet_length(checksum)'

/** Rows that the run has, each table by the octets of one row and by which of them are its own. */
const summed: Readonly<Record<'checkpoints' | 'keyframes' | 'rows' | 'logs', readonly (readonly [table: string, octets: string, where: string])[]>> = {
  checkpoints: [['checkpoint', sealed, isCheckpointOf('@run', '@checkpoints')]],
  keyframes: [['keyframe', 'octet_length(body) + octet_length(checksum)', 'run = @run AND number >= @checkpoints']],
  rows: [['run', sealed, 'number = @run'], ...['branch', 'step', 'attempt', 'decision', 'error'].map((table) => [table, sealed, 'run = @run'] as const)],
  logs: [['signal', sealed, 'run = @run']],
}

/** Weighs what a run has come to have since it was last weighed. It throws CorruptionFound. */
export function runScale(store: Database.Database) {
  const crypt = cryptOf(store)
  const { chain, state } = checkpointReader(store)
  const revisions = revisionReader(store)
  const manifests = new Map<RevisionHash, Manifest>()
  const marksNothing = marksNothingReader(store)
  const columns = Object.entries(summed).map(([name, tables]) => {
    return `${tables.map(([table, octets, where]) => `(SELECT coalesce(sum(${octets}), 0) FROM ${table} WHERE ${where})`).join(' + ')} AS ${name}`
  })
  // Were the newest position read by itself, off an index of some rows only, SQLite would plan all of this anew each time.
  const sums = store.prepare<Read & { readonly run: number }, Sums>(
    `SELECT ${columns.join(', ')}, journal, last FROM (
       SELECT coalesce(sum(octet_length(body) + octet_length(digest)), 0) AS journal, max(position) AS last
       FROM journal WHERE run = @run AND position > @position
     )`,
  )
  const beginningsOfTrimmed = store
    .prepare<[number], number>('SELECT number FROM keyframe WHERE run = ? AND EXISTS (SELECT 1 FROM stub WHERE stub.run = keyframe.run) ORDER BY number')
    .pluck()
  const decisions = store.prepare<[number], RawRow>(`SELECT ${rowColumns(decisionFormat)} FROM decision WHERE run = ?`).raw()

  function* changesOf(run: RunRow, from: number): Generator<StateChange> {
    const { number, ledger } = run
    // What retention removed may have been the only one to name what a checkpoint behind it begins with.
    if (from === 0) for (const beginning of beginningsOfTrimmed.all(number)) yield* state(run, beginning).state.values()
    for (let first = from; first < ledger.checkpoints; first += slice) {
      for (const { changes } of chain(run, first, Math.min(first + slice, ledger.checkpoints) - 1)) yield* changes
    }
  }

  function* valuesOf(run: RunRow, from: number): Generator<readonly [kind: ValueKind, step: string, address: Address]> {
    const { number } = run
    for (const change of changesOf(run, from)) {
      if ('address' in change) yield [kindOf(change.key), partsOfKey(change.key).step ?? '', change.address]
    }
    for (const row of decisions.all(number)) {
      const { step, shown, edit } = openRow(crypt, decisionFormat, row).content
      for (const address of [shown, edit]) if (address !== null) yield ['decision', step, address]
    }
  }

  /** Without one that can be read nothing is named. */
  const manifestOf = (hash: RevisionHash): Manifest | undefined => {
    const manifest = manifests.get(hash) ?? ifWhole(() => revisions.manifest(hash))
    if (manifest !== undefined) manifests.set(hash, manifest)
    return manifest
  }

  return (run: RunRow, { checkpoints: from, position }: Read, { value }: Slice): Gain => {
    const { checkpoints = 0, keyframes = 0, journal = 0, logs = 0, rows = 0, last = null } = sums.get({ run: run.number, checkpoints: from, position }) ?? {}
    const manifest = manifestOf(run.record.revision)
    const isOpen = ifWhole(() => marksNothing(run)) ?? false
    const values = [...valuesOf(run, from)].flatMap(([kind, step, address]) => {
      const found = value(run, address)
      if (found === undefined) return []
      const weights = sharesOf(found.value, found.bytes, isOpen ? null : namesOf(schemaOf(manifest, kind, step), found.value)).map(([field, share]): Weight => [kind, step, field, share])
      return [{ address, weights }]
    })
    return {
      read: { checkpoints: run.ledger.checkpoints, position: last ?? position },
      values,
      more: [['checkpoints', '', '', checkpoints + keyframes], ['journal', '', '', journal]],
      instead: [['logs', '', '', logs], ['rows', '', '', rows]],
    }
  }
}

function kindOf(key: string): ValueKind {
  return key === 'input' || key === 'context' ? key : 'output'
}

function schemaOf(manifest: Manifest | undefined, kind: ValueKind, step: string): JsonSchema | null {
  if (manifest === undefined || kind === 'decision') return null
  return kind === 'output' ? (manifest.steps.find(({ id }) => id === step)?.output ?? null) : manifest[kind]
}

/** Where something is marked, the names that the definition gives: any other is the value's own, and stays with it. */
function namesOf(schema: JsonSchema | null, value: Json): ReadonlySet<string> {
  return namesGiven(schema === null ? [] : [...speakingOf({ schema, root: schema }, value)])
}
