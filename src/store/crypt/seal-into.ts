/**
 * Writes all that a store holds into one that is encrypted: every row read, checked, and sealed under its lineage's key.
 *
 * Invariants:
 * 1. What is read is read through its checksums: nothing damaged is sealed as though it were whole.
 * 2. What goes over other rows is made anew from those: tallies, the chain of checkpoints, the chain of the journal.
 */
import type Database from 'better-sqlite3'
import type { Checksum } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { checkpointId, isCheckpointOf } from '../format/checkpoint-id.ts'
import { openCheckpoint, openKeyframe, sealCheckpoint, sealKeyframe } from '../format/delta.ts'
import { chain, genesis, isRemoved, withoutBody } from '../format/journal-digest.ts'
import { Tally } from '../format/ledger.ts'
import { pack } from '../format/packing.ts'
import { type Key, openRow, type RawRow, rowColumns, type RowFormat, sealRow } from '../format/row.ts'
import { attemptFormat, branchFormat, decisionFormat, errorFormat, lineageFormat, passFormat, removedFormat, revisionFormat, runFormat, runKey, type RunRow, stubFormat } from '../format/rows.ts'
import { fromHex, sameBytes, toHex } from '../format/sha256.ts'
import { signalFormat } from '../format/signal.ts'
import { stubReader } from '../read/stubs.ts'
import { ofWorkspace, plain } from './crypt.ts'
import type { Vault } from './vault.ts'

interface Sealing {
  readonly from: Database.Database
  readonly to: Database.Database
  readonly vault: Vault
}

/** Fills a store in which nothing but its keyring stands, in one transaction. @throws CorruptionFound */
export function sealInto(sealing: Sealing): void {
  const all = sealing.to.transaction(() => {
    for (const table of ['commit_latency', 'pending', 'breaker', 'throttle']) copyTable(sealing, table)
    sealLineages(sealing)
    sealRevisions(sealing)
    sealValues(sealing)
    const lineages = new Map([...lineagesOfRemoved(sealing), ...sealRuns(sealing)])
    sealSignals(sealing, lineages)
    sealRemoved(sealing, sealJournal(sealing, lineages))
  })
  all.immediate()
}

/** What nobody wrote stands as it is. */
function copyTable({ from, to }: Sealing, table: string): void {
  for (const row of from.prepare<[], unknown[]>(`SELECT * FROM ${table}`).raw().iterate()) {
    to.prepare(`INSERT INTO ${table} VALUES (${row.map(() => '?').join(', ')})`).run(...row)
  }
}

function sealLineages({ from, to, vault }: Sealing): void {
  const put = rowPutter(to, vault, lineageFormat)
  for (const { key, content } of rowsOf(from, lineageFormat)) {
    vault.begin(content.number)
    put(content.number, key, content)
  }
}

function sealRevisions({ from, to, vault }: Sealing): void {
  const put = rowPutter(to, vault, revisionFormat)
  const bundleOf = from.prepare<[string], Uint8Array>('SELECT bundle FROM revision WHERE hash = ?').pluck()
  const finish = to.prepare('UPDATE revision SET bundle = ?, workflow = ? WHERE hash = ?')
  for (const { key, content } of rowsOf(from, revisionFormat)) {
    const { hash, manifest } = content
    put(ofWorkspace, key, content)
    const bundle = bundleOf.get(hash) ?? new Uint8Array()
    finish.run(vault.sealBytes(ofWorkspace, 'bundle', [hash], bundle), manifest.name, hash)
  }
}

/** In the order in which they came. That each is what its address says is looked at in what comes of it. */
function sealValues({ from, to, vault }: Sealing): void {
  type Value = readonly [lineage: number, address: Buffer, salt: Uint8Array | null, body: Uint8Array]
  const put = to.prepare('INSERT INTO value (lineage, address, salt, body) VALUES (?, ?, ?, ?)')
  const all = from.prepare<[], Value>('SELECT lineage, address, salt, body FROM value ORDER BY rowid').raw()
  for (const [lineage, address, salt, body] of all.iterate()) {
    const seal = (table: string, bytes: Uint8Array): Uint8Array => vault.sealBytes(lineage, table, [lineage, address.toString('hex')], bytes)
    put.run(lineage, address, salt && seal('salt', salt), seal('value', body))
  }
}

/** Answers the lineage of each run, by its number. */
function sealRuns(sealing: Sealing): ReadonlyMap<number, number> {
  const { from, to, vault } = sealing
  const put = rowPutter(to, vault, runFormat)
  const rows = [passFormat, attemptFormat, decisionFormat, errorFormat].map((format: RowFormat<unknown>) => ({
    format,
    put: rowPutter(to, vault, format),
  }))
  const putBranch = rowPutter(to, vault, branchFormat)
  const checksumAt = to.prepare<[number, number], Buffer>(`SELECT checksum FROM checkpoint WHERE id = ${checkpointId('?', '?')}`).pluck()
  const checkpoints = checkpointSealer(sealing)
  const lineages = new Map<number, number>()
  for (const { content: run } of rowsOf(from, runFormat)) {
    const tally = new Tally()
    const head = checkpoints(run, tally)
    for (const { key, content } of rowsOf(from, branchFormat, 'run = ?', run.number)) {
      const stands = content.left && checksumAt.get(run.number, content.left.head)
      // Where that checkpoint went, a stub says it.
      const left = content.left && { ...content.left, checksum: stands ? toHex(stands) : null }
      tally.enter(putBranch(run.lineage, key, { ...content, left }))
    }
    for (const { format, put: putRow } of rows) {
      for (const { key, content } of rowsOf(from, format, 'run = ?', run.number)) tally.enter(putRow(run.lineage, key, content))
    }
    put(run.lineage, runKey(run), { ...run, ledger: { ...run.ledger, tally: tally.sum, head } })
    lineages.set(run.number, run.lineage)
  }
  return lineages
}

/** Seals the checkpoints of a run, with their keyframes and stubs, and answers the checksum of the newest. */
function checkpointSealer({ from, to, vault }: Sealing): (run: RunRow, tally: Tally) => Checksum | null {
  type Stored = { readonly number: number; readonly content: unknown; readonly checksum: unknown }
  type Frame = { readonly body: unknown; readonly checksum: unknown }
  const all = from.prepare<{ run: number }, Stored>(`SELECT number, content, checksum FROM checkpoint WHERE ${isCheckpointOf('@run')} ORDER BY id`)
  const frameAt = from.prepare<[number, number], Frame>('SELECT body, checksum FROM keyframe WHERE run = ? AND number = ?')
  const put = to.prepare(`INSERT INTO checkpoint (id, content, checksum) VALUES (${checkpointId('?', '?')}, ?, ?)`)
  const putFrame = to.prepare('INSERT INTO keyframe (run, number, body, checksum) VALUES (?, ?, ?, ?)')

  const stubsOf = stubReader(from)
  const putStub = rowPutter(to, vault, stubFormat)

  return ({ number: row, lineage, record: { id: run } }, tally) => {
    const stubs = stubsOf({ number: row })
    let [parent, head]: [Checksum | null, Checksum | null] = [null, null]
    for (const stored of all.iterate({ run: row })) {
      const { number } = stored
      const stub = stubs.find((each) => each.number === number)
      if (stub !== undefined) {
        // The checksum of a text that is gone would tell it to whoever guesses it: what goes on over it need not.
        const stands = { ...stub, parent: head ?? genesis }
        ;[parent, head] = [stub.parent, stands.parent]
        tally.enter(putStub(ofWorkspace, [row, number], stands))
      }
      const checkpoint = openCheckpoint(plain, { run, number, parent }, stored)
      const sealed = sealCheckpoint(vault, lineage, { run, at: checkpoint.at, parent: head }, checkpoint)
      put.run(row, number, sealed.content, fromHex(sealed.checksum))
      ;[parent, head] = [checkpoint.checksum, sealed.checksum]
      const frame = frameAt.get(row, number)
      if (frame === undefined) continue
      const { text, checksum } = sealKeyframe(head, openKeyframe(plain, checkpoint, frame))
      putFrame.run(row, number, vault.sealBytes(lineage, 'keyframe', [run, number], pack(Buffer.from(text))), checksum)
    }
    return head
  }
}

function sealSignals({ from, to, vault }: Sealing, lineages: ReadonlyMap<number, number>): void {
  const put = rowPutter(to, vault, signalFormat)
  for (const { key, content } of rowsOf(from, signalFormat)) put(lineages.get(Number(key[0])) ?? ofWorkspace, key, content)
}

/** Runs whose removal is under way: what the journal still has of them is of their lineage, which goes last. */
function lineagesOfRemoved({ from }: Sealing): [run: number, lineage: number][] {
  const isThere = from.prepare<[number], number>('SELECT 1 FROM lineage WHERE number = ?').pluck()
  return [...rowsOf(from, removedFormat)].flatMap(({ content: { number, lineage } }): [number, number][] =>
    isThere.get(lineage) === undefined ? [] : [[number, lineage]],
  )
}

/** The entries as they stand, word by word. Answers what the digests of removed ones add up to, by their runs. */
function sealJournal({ from, to, vault }: Sealing, lineages: ReadonlyMap<number, number>): ReadonlyMap<number, Tally> {
  type Entry = readonly [position: number, run: number | null, body: string, digest: unknown]
  const put = to.prepare('INSERT INTO journal (position, run, body, digest) VALUES (?, ?, ?, ?)')
  const all = from.prepare<[], Entry>('SELECT position, run, body, digest FROM journal ORDER BY position').raw()
  const removed = new Map<number, Tally>()
  let [before, head] = [genesis, genesis]
  for (const [position, run, body, digest] of all.iterate()) {
    before = chain(before, body)
    if (!sameBytes(digest, fromHex(before))) throw new CorruptionFound('journal', String(position), 'its digest does not match')
    const of = run === null ? ofWorkspace : (lineages.get(run) ?? ofWorkspace)
    const sealed = vault.sealText(of, 'journal', [position], body)
    // The digest of a text that is gone would tell it to whoever guesses it.
    const stands = isRemoved(body) ? withoutBody(sealed) : sealed
    head = chain(head, stands)
    put.run(position, run, stands, fromHex(head))
    if (run === null || !isRemoved(body)) continue
    const tally = removed.get(run) ?? new Tally()
    tally.enter(fromHex(head))
    removed.set(run, tally)
  }
  return removed
}

function sealRemoved({ from, to, vault }: Sealing, tallies: ReadonlyMap<number, Tally>): void {
  const put = rowPutter(to, vault, removedFormat)
  for (const { key, content } of rowsOf(from, removedFormat)) {
    put(ofWorkspace, key, { ...content, tally: tallies.get(content.number)?.sum ?? content.tally })
  }
}

interface Opened<T> {
  readonly key: Key
  readonly content: T
}

/** Rows of a table that is not encrypted, each whole. @throws CorruptionFound */
function* rowsOf<T>(db: Database.Database, format: RowFormat<T>, condition = 'TRUE', ...given: number[]): Generator<Opened<T>> {
  const { table, columns } = format
  const select = db.prepare<unknown[], RawRow>(`SELECT ${rowColumns(format)} FROM ${table} WHERE ${condition} ORDER BY ${columns.join(', ')}`)
  for (const row of select.raw().iterate(...given)) {
    const key = row.slice(0, columns.length).map((part) => (typeof part === 'number' ? part : String(part)))
    yield { key, content: openRow(plain, format, row).content }
  }
}

/** Seals a row of a lineage and writes it; answers its checksum. */
function rowPutter<T>(db: Database.Database, vault: Vault, format: RowFormat<T>): (of: number, key: Key, content: T) => Buffer {
  const isRevision = format.table === revisionFormat.table
  const marks = [...format.columns, 'content', 'checksum'].map(() => '?').join(', ')
  const insert = isRevision
    ? db.prepare(`INSERT INTO revision (${rowColumns(format)}, bundle) VALUES (${marks}, x'')`)
    : db.prepare(`INSERT INTO ${format.table} (${rowColumns(format)}) VALUES (${marks})`)
  return (of, key, value) => {
    const { content, checksum } = sealRow(vault, of, format, key, value)
    insert.run(...key, content, checksum)
    return checksum
  }
}
