/**
 * Control rows: key columns, then `content` (JSON, encrypted where the store is) and its `checksum` over which row it is and
 * what stands there.
 *
 * Invariants:
 * 1. No column of a control row stands outside its checksum.
 * 2. A row that does not recompute is never parsed.
 */
import type { z } from 'zod'
import type { Checksum } from '../../model/ids.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { type Crypt, plain } from '../crypt/crypt.ts'
import { packText, unpackText } from './packing.ts'
import { digitsOf, sameBytes, sha256 } from './sha256.ts'
import { isParts, type Parts, said, unusual } from './usual.ts'

export interface RowFormat<T> {
  /** The table's name, and what an error calls the row. */
  readonly table: string
  readonly columns: readonly string[]
  readonly content: z.ZodType<T>
  /** Nobody wrote what it says: it stays readable where the store is encrypted. */
  readonly isReadable?: true
  /** It may be long, and is written seldom: then it is packed. */
  readonly isPacked?: true
  /**
   * What the row of a key says unless it says otherwise, beside what else it says: that much is left out. It never changes, or
   * stored rows would say something else.
   */
  readonly usual?: (key: readonly unknown[], row: Parts) => Parts
}

/** Where rows of a format stand, whatever they say. */
export type RowShape = Pick<RowFormat<unknown>, 'table' | 'columns'>

export type Key = readonly (string | number)[]

export interface SealedRow {
  readonly content: string
  readonly checksum: Buffer
}

/** A row as SQLite answers it: key columns, content, checksum. Nothing about it is certain yet. */
export type RawRow = readonly unknown[]

export interface OpenedRow<T> {
  readonly content: T
  /** As it stands in the file. */
  readonly sealed: SealedRow
}

/** `of` is the number of the lineage that the row is of, or `ofWorkspace`. */
export function sealRow<T>(crypt: Crypt, of: number, format: RowFormat<T>, key: Key, value: T): SealedRow {
  const text = JSON.stringify(format.usual === undefined || !isParts(value) ? value : unusual(value, format.usual(key, value)))
  const content = crypting(crypt, format).sealText(of, format.table, key, format.isPacked === true ? packText(text) : text)
  return { content, checksum: checksumOf(format, key, content) }
}

/** What a person calls the row of a key. */
export type Naming = (key: readonly unknown[]) => string

const asKept: Naming = (key) => key.join('/')

/** A row that recomputes; what it says is not looked at. @throws CorruptionFound */
function wholeRow(format: RowShape, row: RawRow, named = asKept): SealedRow {
  const key = row.slice(0, format.columns.length)
  const [content, checksum] = row.slice(format.columns.length)
  if (typeof content !== 'string') throw new CorruptionFound(format.table, named(key), 'its content is not text')
  const found = checksumOf(format, key, content)
  if (!sameBytes(checksum, found)) throw new CorruptionFound(format.table, named(key), 'its checksum does not match')
  return { content, checksum: found }
}

/** What a row says that is whole. @throws CorruptionFound */
export function readRow<T>(crypt: Crypt, format: RowFormat<T>, key: readonly unknown[], content: string, named = asKept): T {
  const corrupt = (detail: string): CorruptionFound => new CorruptionFound(format.table, named(key), detail)

  const text = crypting(crypt, format).openText(format.table, key, content)
  if (text === undefined) throw corrupt('it was not encrypted to stand here')
  const unpacked = format.isPacked === true ? unpackText(text) : text
  if (unpacked === undefined) throw corrupt('it cannot be unpacked')
  const rest: unknown = JSON.parse(unpacked)
  const parsed = format.content.safeParse(format.usual === undefined || !isParts(rest) ? rest : said(rest, format.usual(key, rest)))
  if (!parsed.success) throw corrupt(`it is whole, but not what this version reads: ${parsed.error.message}`)
  return parsed.data
}

/** @throws CorruptionFound */
export function openRow<T>(crypt: Crypt, format: RowFormat<T>, row: RawRow, named = asKept): OpenedRow<T> {
  const sealed = wholeRow(format, row, named)
  return { content: readRow(crypt, format, row.slice(0, format.columns.length), sealed.content, named), sealed }
}

function crypting(crypt: Crypt, { isReadable }: RowFormat<unknown>): Crypt {
  return isReadable === true ? plain : crypt
}

/** `key, …, content, checksum`: the columns in the order in which `openRow` reads them. */
export function rowColumns(format: RowShape): string {
  return [...format.columns, 'content', 'checksum'].join(', ')
}

/** What a row's checksum covers, put together by SQLite: where many rows are looked at, most of them are not asked for anything else. */
export function coveredColumn({ table, columns }: RowShape): string {
  return `'${table}' || char(10) || ${columns.join(" || '/' || ")} || char(10) || content`
}

/** Whether what was covered has the digest. */
export function recomputes(covered: unknown, digest: unknown): digest is Checksum {
  return typeof covered === 'string' && digitsOf(covered) === digest
}

function checksumOf(format: RowShape, key: readonly unknown[], content: string): Buffer {
  return sha256(`${format.table}\n${key.join('/')}\n${content}`)
}
