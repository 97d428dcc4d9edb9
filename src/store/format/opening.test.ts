/** What a damaged page may answer in place of a column's own type is damage too, and never parsed. */
import { describe, expect, test } from 'vitest'
import { draft, runId, sampleCheckpoint, sampleLineage, sampleStep } from '../../../test/conformance/samples.ts'
import { CorruptionFound } from '../../model/storage-errors.ts'
import { plain } from '../crypt/crypt.ts'
import { openCheckpoint, openKeyframe, sealCheckpoint, sealKeyframe } from './delta.ts'
import { genesis } from './journal-digest.ts'
import { pack } from './packing.ts'
import { withNewest } from './pass.ts'
import { openRow, sealRow } from './row.ts'
import { passFormat } from './rows.ts'
import { fromHex, sha256, storedDigest } from './sha256.ts'
import { openValue, sealValue } from './value.ts'

const oddities = [null, undefined, 7, 'text', new Uint8Array(), new Uint8Array(32), {}]
const [run, at] = [runId(1), 5]

describe('a control row', () => {
  const key = [1, 0, draft, 1]
  const pass = withNewest(sampleStep(), undefined)
  const { content, checksum } = sealRow(plain, 1, passFormat, key, pass)

  test('opens as it was sealed', () => {
    expect(openRow(plain, passFormat, [...key, content, checksum]).content).toEqual(pass)
  })
  test.each(oddities)('with %s in it is damaged', (odd) => {
    expect(() => openRow(plain, passFormat, [...key, odd, checksum])).toThrow(CorruptionFound)
    expect(() => openRow(plain, passFormat, [...key, content, odd])).toThrow(CorruptionFound)
    expect(() => openRow(plain, passFormat, [odd, ...key.slice(1), content, checksum])).toThrow(CorruptionFound)
  })
  test('that this version does not read says so', () => {
    const sealed = sealRow(plain, 1, { ...passFormat, content: passFormat.content }, key, { ...pass, iteration: 0 })
    expect(() => openRow(plain, passFormat, [...key, sealed.content, sealed.checksum], () => 'by its name')).toThrow(
      'step by its name is corrupt: it is whole, but not what this version reads',
    )
  })
})

describe('a checkpoint', () => {
  const sealed = sealCheckpoint(plain, 1, { run, at, parent: null }, sampleCheckpoint(0, []))
  const stored = { content: sealed.content, checksum: fromHex(sealed.checksum) }
  const open = (given: object, number = 0) => openCheckpoint(plain, { run, number, parent: null }, { ...stored, ...given })

  test('opens as it was sealed', () => expect(open({})).toMatchObject({ run, at, number: 0, checksum: sealed.checksum }))
  test.each(oddities)('with %s in it is damaged', (odd) => {
    expect(() => open({ content: odd })).toThrow(CorruptionFound)
    expect(() => open({ checksum: odd })).toThrow(CorruptionFound)
  })
  test('of another parent, run or number is damaged', () => {
    expect(() => openCheckpoint(plain, { run, number: 0, parent: sealed.checksum }, stored)).toThrow('its checksum does not match')
    expect(() => openCheckpoint(plain, { run: runId(2), number: 0, parent: null }, stored)).toThrow(`it is ${run}/0`)
    expect(() => open({}, 1)).toThrow(`it is ${run}/0`)
  })
  test('that this version does not read says so', () => {
    const content = '[{},[]]'
    expect(() => open({ content, checksum: sha256(fromHex(genesis), content) })).toThrow('not what this version reads')
  })
})

describe('a keyframe', () => {
  const checkpoint = { run, number: 0, checksum: genesis }
  const { text, checksum } = sealKeyframe(genesis, new Map())
  const stored = { body: pack(Buffer.from(text)), checksum }

  test('opens as it was sealed', () => expect(openKeyframe(plain, checkpoint, stored)).toEqual(new Map()))
  test.each(oddities)('with %s in it is damaged', (odd) => {
    expect(() => openKeyframe(plain, checkpoint, { ...stored, body: odd })).toThrow(CorruptionFound)
    expect(() => openKeyframe(plain, checkpoint, { ...stored, checksum: odd })).toThrow(CorruptionFound)
  })
  test('that this version does not read says so', () => {
    const body = pack(Buffer.from('[7]'))
    expect(() => openKeyframe(plain, checkpoint, { body, checksum: sha256(fromHex(genesis), '[7]') })).toThrow('not what this version reads')
  })
})

describe('a value', () => {
  const lineage = { ...sampleLineage(1), number: 1 }
  const { address, bytes } = sealValue(lineage, { a: 1 }, null, 100)
  const stored = { salt: null, body: pack(bytes) }

  test('opens as it was sealed', () => expect(openValue(plain, lineage, address, stored)).toEqual({ a: 1 }))
  test.each(oddities)('with %s in it is damaged', (odd) => {
    expect(() => openValue(plain, lineage, address, { ...stored, body: odd })).toThrow(CorruptionFound)
    if (odd !== null && odd !== undefined) {
      expect(() => openValue(plain, lineage, address, { ...stored, salt: odd })).toThrow(CorruptionFound)
    }
  })
})

test.each(oddities.filter((odd) => !(odd instanceof Uint8Array && odd.byteLength === 32)))('%s is no digest', (odd) => {
  expect(storedDigest(odd)).toBeUndefined()
})
