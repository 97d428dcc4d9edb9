import fc from 'fast-check'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { NotUnpackable, pack, packingWith, packText, unpack, unpackText } from './packing.ts'

test('law: what is packed comes back', () => {
  const bytes = fc.uint8Array({ maxLength: 3_000 })
  fc.assert(fc.property(bytes, (given) => Buffer.compare(unpack(pack(given)) ?? Buffer.of(0), given) === 0))
})

test('long prose is compressed, noise and short text are not', () => {
  const prose = Buffer.from('the same again and again. '.repeat(100))
  expect(pack(prose).byteLength).toBeLessThan(prose.byteLength / 5)
  expect(pack(Buffer.from('short')).byteLength).toBe(6)
  const noise = Buffer.from(Array.from({ length: 3_000 }, (_, index) => (index * index * 7919) >> 3))
  expect(pack(noise).byteLength).toBeLessThanOrEqual(noise.byteLength + 1)
})

test('no bit of a compressed body changes unnoticed, those that a decoder passes over included', () => {
  const given = Buffer.from('the same again and again. '.repeat(100))
  const packed = pack(given)
  for (let bit = 8; bit < packed.byteLength * 8; bit++) {
    const changed = Buffer.from(packed)
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
    expect(unpack(changed), `bit ${bit}`).toBeUndefined()
  }
})

test('a runtime without zstd packs with gzip, which each unpacks; what it cannot unpack it does not take for damaged', () => {
  const without = packingWith({ gzipSync, gunzipSync })
  const given = Buffer.from('the same again and again. '.repeat(100))
  const packed = without.pack(given)
  expect(packed.byteLength).toBeLessThan(given.byteLength / 5)
  expect([without.unpack(packed), unpack(packed)]).toEqual([given, given])
  for (let place = 0; place < packed.byteLength; place++) {
    const changed = Buffer.from(packed)
    changed.writeUInt8(changed.readUInt8(place) ^ 1, place)
    expect(unpack(changed), `byte ${place}`).toBeUndefined()
  }
  expect(() => without.unpack(pack(given))).toThrow(NotUnpackable)
})

test('what was not packed has no bytes', () => {
  expect(unpack(null)).toBeUndefined()
  expect(unpack('text')).toBeUndefined()
  expect(unpack(Uint8Array.of())).toBeUndefined()
  expect(unpack(Uint8Array.of(7, 1, 2))).toBeUndefined()
  expect(unpack(Uint8Array.of(1, 1, 2, 3))).toBeUndefined()
})

test('text is packed where it is long, and comes back', () => {
  const long = JSON.stringify('the same again and again. '.repeat(1_000))
  expect(packText(long).length).toBeLessThan(long.length / 20)
  expect(unpackText(packText(long))).toBe(long)
  expect(packText('{"short":true}')).toBe('{"short":true}')
  expect(unpackText('{"short":true}')).toBe('{"short":true}')
  expect(unpackText(packText(long).slice(0, -8))).toBeUndefined()
})
