/**
 * Bytes as they stand encrypted: AES-256-GCM under one of the store's data keys.
 *
 * Invariants:
 * 1. Each says by which key it was sealed (a number), and is bound to that and to the place that it was sealed for: in
 *    another place, or changed by a bit, it does not open.
 * 2. A nonce is 96 random bits and used once. A key may seal 2^32 times before two of them are as likely as 2^-32 to be the
 *    same: a run and its replays would have to take eight hundred steps a second for a week.
 */
import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'

const algorithm = 'aes-256-gcm'
/** The first byte: how what follows is laid out. */
const layout = 1
const numberAt = 1
const nonceAt = 5
export const nonceBytes = 12
const bodyAt = nonceAt + nonceBytes
const tagBytes = 16
/** Bytes that a cell has more than what was sealed. */
export const cellOverhead = bodyAt + tagBytes

/** Under which key something stands in its table. */
export type PlaceKey = readonly unknown[]

export interface DataKey {
  readonly number: number
  readonly secret: KeyObject
}

export function sealCell({ number, secret }: DataKey, table: string, key: PlaceKey, nonce: Uint8Array, bytes: Uint8Array): Buffer {
  const cipher = createCipheriv(algorithm, secret, nonce).setAAD(bound(number, table, key))
  const cell = Buffer.allocUnsafe(cellOverhead + bytes.byteLength)
  cell[0] = layout
  cell.writeUInt32BE(number, numberAt)
  cell.set(nonce, nonceAt)
  cell.set(cipher.update(bytes), bodyAt)
  cipher.final()
  cell.set(cipher.getAuthTag(), bodyAt + bytes.byteLength)
  return cell
}

/** The number of the key by which a cell was sealed; undefined where it is no cell. */
export function keyOfCell(cell: Buffer): number | undefined {
  return cell.byteLength >= cellOverhead && cell[0] === layout ? cell.readUInt32BE(numberAt) : undefined
}

/** Undefined where it was not sealed so, for this place and by this data key. */
export function openCell({ number, secret }: DataKey, table: string, key: PlaceKey, cell: Buffer): Buffer | undefined {
  const end = cell.byteLength - tagBytes
  const decipher = createDecipheriv(algorithm, secret, cell.subarray(nonceAt, bodyAt), { authTagLength: tagBytes })
  decipher.setAAD(bound(number, table, key)).setAuthTag(cell.subarray(end))
  const bytes = decipher.update(cell.subarray(bodyAt, end))
  try {
    decipher.final()
    return bytes
  } catch {
    return undefined
  }
}

function bound(number: number, table: string, key: PlaceKey): Buffer {
  return Buffer.from(`cairn ${layout}\n${number}\n${table}\n${key.join('/')}`)
}
