import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hiddenText } from './hidden.ts'
import { scrubber, textsIn } from './scrub.ts'

const secret = 'Zürich & "co"\\9'
const scrub = scrubber([secret, '4711', 'Anna Berger lives at Wasserweg 5, 8001 Zürich'])
const clean = (text: string): string => scrub?.text(text) ?? text

test('a text that is known is found as it is, and as programs write it into others', () => {
  const written = [secret, JSON.stringify({ secret }), encodeURIComponent(secret), Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')]
  for (const text of written) expect(clean(`before ${text} after`)).toMatch(/^before .*\[hidden: sensitive\].* after$/)
  expect(clean('<b>Zürich &amp; &quot;co&quot;\\9</b>')).toBe(`<b>${hiddenText}</b>`)
})

test('a short one is found where it stands alone', () => {
  expect(clean('pin 4711, order 47110, 4711')).toBe(`pin ${hiddenText}, order 47110, ${hiddenText}`)
  expect(scrub?.json({ pin: 4711, order: 47110, 4711: ['x4711'] })).toEqual({ pin: hiddenText, order: 47110, [hiddenText]: ['x4711'] })
})

test('one of less than four characters is found where it is all of a value', () => {
  expect(scrubber(['abc'])?.json({ a: 'abc', b: 'abcd', c: ['abc def'] })).toEqual({ a: hiddenText, b: 'abcd', c: ['abc def'] })
  expect(scrubber(['123'])?.json([123, 1234, '123'])).toEqual([hiddenText, 1234, hiddenText])
  expect(scrubber(['abc'])?.text('abc')).toBe('abc')
})

test('one of a single character is not looked for', () => {
  expect(scrubber(['7', ''])).toBeNull()
})

test('a long one is found where it was cut off', () => {
  expect(clean('it is Anna Berger lives at')).toBe(`it is ${hiddenText}`)
  expect(clean('it is Anna B… (40 characters)')).toBe(`it is ${hiddenText}… (40 characters)`)
})

test('each line of one is found by itself', () => {
  expect(scrubber(textsIn({ key: ['-----BEGIN\n  c2VjcmV0a2V5\r\n-----END--'] }))?.text('has c2VjcmV0a2V5 in it')).toBe(`has ${hiddenText} in it`)
})

test('nothing of what is known is left in any text, and a text without any is left as it is', () => {
  const known = fc.string({ minLength: 8, maxLength: 20 }).filter((text) => text.trim().length >= 8)
  fc.assert(
    fc.property(fc.array(known, { minLength: 1, maxLength: 5 }), fc.array(fc.string({ maxLength: 10 })), (secrets, between) => {
      const text = between.map((part, index) => part + (secrets[index] ?? '')).join('')
      const left = scrubber(secrets)?.text(text) ?? text
      if (!secrets.some((each) => text.includes(each))) return
      for (const each of secrets) expect(left.replaceAll(hiddenText, '\u0000')).not.toContain(each)
    }),
  )
})
