import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keyOf, type Safe } from './keychain.ts'

/** A keychain that turns what it keeps over, and only knows its own. */
function keychain({ mark = 'mine', isThere = true, backend = 'gnome_libsecret' } = {}): Safe {
  return {
    isEncryptionAvailable: () => isThere,
    getSelectedStorageBackend: () => backend,
    encryptString: (text) => Buffer.from(mark + [...text].toReversed().join('')),
    decryptString(kept) {
      if (!kept.toString().startsWith(mark)) throw new Error('not of this keychain')
      return [...kept.toString().slice(mark.length)].toReversed().join('')
    },
  }
}

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-keychain-'))
  file = join(folder, '.cairn', 'key.keychain')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a key is made once, is kept where only the keychain reads it, and is the same ever after', () => {
  const made = keyOf(keychain(), folder, true)
  expect(made).toMatchObject({ type: 'key', text: expect.stringMatching(/^[\w+/]{43}=$/), why: null })
  expect(readFileSync(file, 'utf8')).not.toContain(made.text)
  expect(statSync(file).mode & 0o077).toBe(0)
  expect(keyOf(keychain(), folder, true)).toEqual(made)
  expect(keyOf(keychain(), folder, false)).toEqual(made)
})

test('what was cut off as one was made keeps none from being made', () => {
  mkdirSync(join(folder, '.cairn'))
  writeFileSync(`${file}.part`, 'mi')
  const made = keyOf(keychain(), folder, true)
  expect(keyOf(keychain(), folder, false)).toEqual(made)
  expect(readdirSync(join(folder, '.cairn'))).toEqual(['key.keychain'])
})

test('none is made for a store that has one already', () => {
  expect(keyOf(keychain(), folder, false)).toMatchObject({ text: null, why: expect.stringContaining('is not there') })
})

test.each([
  ['that is locked', keychain({ isThere: false })],
  ['that only hides', keychain({ backend: 'basic_text' })],
])('a keychain %s is refused, and nothing is written', (_, safe) => {
  expect(keyOf(safe, folder, true)).toMatchObject({ text: null, why: expect.stringContaining('choose a file') })
  expect(() => statSync(file)).toThrow('ENOENT')
})

test('a key of another user or machine is told from none', () => {
  keyOf(keychain({ mark: 'other' }), folder, true)
  expect(keyOf(keychain(), folder, true)).toMatchObject({ text: null, why: expect.stringContaining('it was made with another') })
  writeFileSync(file, 'damaged')
  expect(keyOf(keychain(), folder, false)).toMatchObject({ text: null })
})
