import { expect, test } from 'vitest'
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

function made(safe: Safe): { text: string; kept: string } {
  const given = keyOf(safe, null)
  return given.type === 'key' ? given : expect.fail(given.why)
}

test('a key is made of its own each time, and is the same whenever what is kept of it is opened', () => {
  const { text, kept } = made(keychain())
  expect(text).toMatch(/^[\w+/]{43}=$/)
  expect(Buffer.from(kept, 'base64').toString()).not.toContain(text)
  expect(keyOf(keychain(), kept)).toEqual({ type: 'key', text, kept })
  expect(made(keychain()).text).not.toBe(text)
})

test.each([
  ['that is locked', keychain({ isThere: false })],
  ['that only hides', keychain({ backend: 'basic_text' })],
])('a keychain %s makes none and opens none', (_, safe) => {
  const { kept } = made(keychain())
  for (const wanted of [null, kept]) expect(keyOf(safe, wanted)).toMatchObject({ type: 'no_key', why: expect.stringContaining('choose a file') })
})

test('a key of another user or machine, and one that is damaged, is refused', () => {
  const { kept } = made(keychain({ mark: 'other' }))
  expect(keyOf(keychain(), kept)).toMatchObject({ type: 'no_key', why: expect.stringContaining('it was made with another') })
  expect(keyOf(keychain(), 'damaged')).toMatchObject({ type: 'no_key' })
})
