import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Lines } from './lines.ts'

describe('lines', () => {
  it('are the same however the text was cut into pieces', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', 'b', '\n') })
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const lines = new Lines(1_000_000)
        const whole = pieces.join('').split('\n')
        expect(pieces.flatMap((text) => lines.push(text))).toEqual(whole.slice(0, -1))
      }),
    )
  })

  it('may not grow for ever', () => {
    const lines = new Lines(5)
    expect(lines.push('12345\n123')).toEqual(['12345'])
    expect(lines.push('45')).toEqual([])
    expect(() => lines.push('6')).toThrow(RangeError)
  })
})
