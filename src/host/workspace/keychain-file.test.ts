import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { KeyGiven } from '../../contract/desktop/host.ts'
import { fingerprintOf } from '../../store/crypt/workspace-key.ts'
import { type Keychain, placeOfKeychain } from './keychain-file.ts'
import { keptOf, nextOf, settlePlace, takeNext } from './key-place.ts'

let count = 0
/** Keeps a key as its number. */
const numbered: Keychain = async (kept) => {
  const number = kept ?? Buffer.from(String((count += 1))).toString('base64')
  const digit = Number(Buffer.from(number, 'base64').toString())
  const given: KeyGiven = { type: 'key', text: Buffer.alloc(32, digit).toString('base64'), kept: number }
  return Number.isNaN(digit) ? { type: 'no_key', why: 'it does not open' } : given
}
const locked: Keychain = () => Promise.resolve({ type: 'no_key', why: 'it is locked' })

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-keychain-'))
  file = join(folder, '.cairn', 'key.keychain')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const there = (): string[] => readdirSync(join(folder, '.cairn')).toSorted()

test('what the keychain keeps of a key is on the disk for its user alone, and leads to the same key', async () => {
  const place = placeOfKeychain(file, numbered)
  expect(await place.find(file)).toBeUndefined()
  const key = await place.make(file)
  expect(readFileSync(file, 'utf8')).toBe(String(count))
  expect(statSync(file).mode & 0o077).toBe(0)
  expect((await place.find(file))?.equals(key)).toBe(true)
  expect(there()).toEqual(['key.keychain'])
})

test('what was cut off as one was made keeps none from being made', async () => {
  const place = placeOfKeychain(file, numbered)
  await place.make(file)
  writeFileSync(`${nextOf(place)}.part`, '')
  const next = await place.make(nextOf(place))
  await takeNext(place)
  expect((await place.find(file))?.equals(next)).toBe(true)
  expect(there()).toHaveLength(2)
})

test('a keychain that is locked makes nothing and is told of, and takes no key away', async () => {
  await expect(placeOfKeychain(file, locked).make(file)).rejects.toThrow('it is locked')
  expect(() => there()).toThrow('ENOENT')
  const key = await placeOfKeychain(file, numbered).make(file)
  const place = placeOfKeychain(file, locked)
  await placeOfKeychain(file, numbered).make(nextOf(place))
  await expect(place.find(file)).rejects.toThrow(`the key in ${file} is this user's keychain's, and it is locked`)
  await expect(settlePlace(place, fingerprintOf(key))).rejects.toThrow('it is locked')
  expect(there()).toEqual(['key.keychain', 'key.keychain.next'])
})

test('a next key that nothing is wrapped by is kept beside, one that no keychain opens is nobody’s, and neither is settled where no key fits', async () => {
  const place = placeOfKeychain(file, numbered)
  const key = await place.make(file)
  const unused = await place.make(nextOf(place))
  await settlePlace(place, 'of another')
  await settlePlace(place, undefined)
  expect(there()).toEqual(['key.keychain', 'key.keychain.next'])
  await settlePlace(place, fingerprintOf(key))
  expect((await place.find(keptOf(place, fingerprintOf(unused))))?.equals(unused)).toBe(true)
  writeFileSync(nextOf(place), 'cut off')
  await settlePlace(place, fingerprintOf(key))
  expect(there()).toHaveLength(2)
})
