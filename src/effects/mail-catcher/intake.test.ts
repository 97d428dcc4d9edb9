import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createIntake } from './intake.ts'
import { MailRefused } from './mail-errors.ts'

async function* chunks(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  let from = 0
  for (const size of sizes) {
    yield bytes.subarray(from, from + size)
    from += size
  }
  yield bytes.subarray(from)
}

const sizes = fc.array(fc.nat(4), { maxLength: 12 })

test('however a message is cut, it goes through whole with its own digest', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.string(), { maxLength: 6 }), sizes, async (lines, cuts) => {
      const text = lines.map((line) => `${line.replaceAll(/[\r\n]/g, '')}\r\n`).join('')
      const intake = createIntake(10_000)
      expect((await buffer(intake.through(chunks(text, cuts)))).toString()).toBe(text)
      const digest = createHash('sha256').update(text).digest('hex')
      expect(intake.arrived()).toMatchObject({ size: Buffer.byteLength(text), digest, head: Buffer.from(text) })
    }),
  ))

test('however a message is cut, a bare line feed is found', () =>
  fc.assert(
    fc.asyncProperty(sizes, fc.constantFrom('\n', 'a\nb\r\n', 'a\r\n\nb\r\n', 'a\r\r\n\n'), async (cuts, text) => {
      const passing = buffer(createIntake(10_000).through(chunks(text, cuts)))
      await expect(passing).rejects.toThrow(MailRefused)
    }),
  ))

test('the limit is the last size that passes', async () => {
  const text = 'four\r\n'
  await expect(buffer(createIntake(6).through(chunks(text, [])))).resolves.toHaveLength(6)
  await expect(buffer(createIntake(5).through(chunks(text, [2])))).rejects.toMatchObject({ responseCode: 552 })
})
