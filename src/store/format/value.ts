/** Values as bytes: sealed before they are stored, opened and checked when they are read. */
import { z } from 'zod'
import type { Address, LineageId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import type { Lineage, SealedValue } from '../../engine/ports.ts'
import { canonicalBytes } from './canonical.ts'
import type { Crypt } from '../crypt/crypt.ts'
import { pack, unpack } from './packing.ts'
import { digitsOf } from './sha256.ts'

export const saltBytes = 32

/** What `JSON.parse` answers is JSON: to walk it once more would cost more than reading it. */
const Parsed = z.custom<Json>()

/** @throws ValueRefused where the value is no JSON or over `limit` bytes. `own` is the salt of a sensitive value. */
export function sealValue(lineage: Lineage, value: Json, own: Uint8Array | null, limit: number): SealedValue {
  const bytes = canonicalBytes(value, limit)
  return { address: addressOf(own ?? lineage.salt, bytes), bytes, salt: own }
}

export interface StoredValue {
  readonly salt: unknown
  readonly body: unknown
}

/** A value of a lineage (by its number) as it is stored. */
export function storedValue(crypt: Crypt, lineage: number, { address, bytes, salt }: SealedValue): { salt: Uint8Array | null; body: Uint8Array } {
  const key = [lineage, address]
  return {
    salt: salt && crypt.sealBytes(lineage, 'salt', key, salt),
    body: crypt.sealBytes(lineage, 'value', key, pack(bytes)),
  }
}

/** A lineage that is stored. */
type Numbered = Lineage & { readonly number: number }

/** The value's RFC 8785 bytes. @throws CorruptionFound */
export function openBytes(crypt: Crypt, lineage: Numbered, address: string, { salt, body }: StoredValue): Uint8Array {
  const bytes = unpack(crypt.openBytes('value', [lineage.number, address], body))
  return checked(crypt, lineage, address, salt, bytes)
}

/** The same as text. A body that is neither packed nor encrypted may be given without its first byte, as the text that it is. @throws CorruptionFound */
export function openText(crypt: Crypt, lineage: Numbered, address: string, { salt, body }: StoredValue): string {
  if (typeof body !== 'string') return Buffer.from(openBytes(crypt, lineage, address, { salt, body })).toString()
  return checked(crypt, lineage, address, salt, crypt.isOn ? undefined : body)
}

function checked<Bytes extends string | Uint8Array>(crypt: Crypt, lineage: Numbered, address: string, salt: unknown, bytes: Bytes | undefined): Bytes {
  const own = salt === null ? lineage.salt : crypt.openBytes('salt', [lineage.number, address], salt)
  if (bytes !== undefined && own instanceof Uint8Array && addressOf(own, bytes) === address) return bytes
  throw corruptValue(lineage.id, address, 'its bytes do not have this address')
}

/** @throws CorruptionFound */
export function openValue(crypt: Crypt, lineage: Numbered, address: string, stored: StoredValue): Json {
  return valueOf(openBytes(crypt, lineage, address, stored))
}

/** What bytes say that were opened. */
export function valueOf(bytes: Uint8Array): Json {
  return valueIn(Buffer.from(bytes).toString())
}

/** What text says that was opened. */
export function valueIn(text: string): Json {
  return Parsed.parse(JSON.parse(text))
}

export function corruptValue(lineage: LineageId, address: string, detail: string): CorruptionFound {
  return new CorruptionFound('value', `${lineage}/${address}`, detail)
}

function addressOf(salt: Uint8Array, bytes: string | Uint8Array): Address {
  const digits = digitsOf(salt, bytes)
  if (!isAddress(digits)) throw new TypeError(`an address has 64 digits, not ${digits.length}`)
  return digits
}

function isAddress(digits: string): digits is Address {
  return digits.length === 64
}
