import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dotStuffed } from './dot-stuffing.ts'

/** What a receiver does (RFC 5321, 4.5.2): up to the lone dot, one leading dot of each line taken away. */
function received(wire: string): string {
  const lines: string[] = []
  for (const line of wire.split('\r\n')) {
    if (line === '.') return lines.map((kept) => `${kept}\r\n`).join('')
    lines.push(line.startsWith('.') ? line.slice(1) : line)
  }
  throw new Error('the end is missing')
}

test('a receiver gets the lines that were sent, whatever dots they have', () => {
  const line = fc.stringMatching(/^[.a ]{0,5}$/)
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const sent = lines.map((one) => `${one}\r\n`).join('')
      expect(received(dotStuffed(Buffer.from(sent)).toString())).toBe(sent)
    }),
  )
})

test('a last line without its end gets one', () => {
  expect(dotStuffed(Buffer.from('a\r\nb')).toString()).toBe('a\r\nb\r\n.\r\n')
  expect(dotStuffed(Buffer.from('')).toString()).toBe('.\r\n')
})
