import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Mark, markUnder, nearestPlace, nextAt, placeMarks } from './marks.ts'
import { horizonOf } from './horizon.ts'
import { createScale, type Interval, isSameScale } from './scale.ts'
import { layOut, type Segment } from './segments.ts'
import { axisOf } from './ticks.ts'

const end = 1_000_000
const width = fc.integer({ min: 40, max: 4_000 })
const interval = fc
  .tuple(fc.integer({ min: 0, max: end }), fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: end })))
  .map(([from, length]): Interval => ({ from, until: Math.min(end, from + length) }))
const active = fc.array(interval, { maxLength: 40 })
const range = { from: 0, until: end }

describe('a scale', () => {
  test('keeps the order of all instants, and reaches from end to end', () => {
    fc.assert(
      fc.property(active, width, fc.array(fc.integer({ min: -10, max: end + 10 })), (busy, pixels, instants) => {
        const scale = createScale(range, busy, pixels)
        const places = instants.toSorted((one, other) => one - other).map((instant) => scale.at(instant))
        for (const [index, place] of places.entries()) {
          expect(place).toBeGreaterThanOrEqual(places[index - 1] ?? 0)
          expect(place).toBeLessThanOrEqual(pixels + 1e-6)
        }
        expect(scale.at(0)).toBe(0)
        expect(scale.at(end)).toBeCloseTo(pixels, 6)
      }),
    )
  })

  test('has nothing after its end, though its pieces add up to a little more', () => {
    const busy = [120, 122, 125, 131].flatMap((from) => [{ from: from * 1_000, until: from * 1_000 + 333 }, { from: from * 5_000, until: from * 5_000 + 77 }])
    const widths = Array.from({ length: 4_000 }, (_, index) => index + 40)
    expect(widths.filter((pixels) => createScale(range, busy, pixels).at(end) > pixels)).toEqual([])
  })

  test('pieces follow one another, and no gap holds anything', () => {
    fc.assert(
      fc.property(active, width, (busy, pixels) => {
        const { pieces } = createScale(range, busy, pixels)
        for (const [index, piece] of pieces.entries()) {
          const before = pieces[index - 1]
          expect(piece.from).toBe(before?.until ?? 0)
          expect(piece.x).toBeCloseTo(before === undefined ? 0 : before.x + before.width, 6)
          if (piece.gap) expect(busy.some(({ from, until }) => until > piece.from && from < piece.until)).toBe(false)
        }
      }),
    )
  })

  test('has few pieces however much happened: no two that are no gaps follow one another', () => {
    fc.assert(
      fc.property(active, width, (busy, pixels) => {
        const { pieces } = createScale(range, busy, pixels)
        for (const [index, { gap }] of pieces.entries()) expect(gap || (pieces[index + 1]?.gap ?? true)).toBe(true)
      }),
    )
  })

  test('is the same as another exactly where every instant stands at the same place', () => {
    fc.assert(
      fc.property(active, active, width, (busy, other, pixels) => {
        const [one, two] = [createScale(range, busy, pixels), createScale(range, other, pixels)]
        const ends = [...one.pieces, ...two.pieces].flatMap(({ from, until }) => [from, until])
        expect(isSameScale(one, one)).toBe(true)
        if (isSameScale(one, two)) expect(ends.map((at) => one.at(at))).toEqual(ends.map((at) => two.at(at)))
        expect(isSameScale(one, createScale(range, busy, pixels + 1))).toBe(false)
      }),
    )
  })

  test('a day in which nothing happened takes little, what happened the rest', () => {
    const scale = createScale(
      { from: 0, until: 86_400_000 },
      [
        { from: 0, until: 900 },
        { from: 86_399_100, until: 86_400_000 },
      ],
      1_000,
    )
    expect(scale.pieces.map(({ gap }) => gap)).toEqual([false, true, false])
    expect(scale.at(900)).toBeCloseTo(482)
  })

  test('where nothing ever happened, time is drawn evenly', () => {
    expect(createScale({ from: 0, until: 100 }, [], 50).at(50)).toBe(25)
    expect(createScale({ from: 5, until: 5 }, [], 50).at(5)).toBe(0)
  })
})

test('the end that is drawn lies ahead of the present, and stands still until that has come there', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 200 }), (steps) => {
      let [now, horizon] = [0, 0]
      for (const step of steps) {
        now += step
        const next = horizonOf(0, now, horizon)
        expect(next).toBeGreaterThanOrEqual(now)
        expect(next - now).toBeLessThanOrEqual(Math.max(1_000, now / 8))
        if (next !== horizon) expect(horizon).toBeLessThan(now)
        horizon = next
      }
    }),
  )
})

const segment = (from: number, until: number | null, tone: Segment['tone'] = 'success'): Segment => {
  return { kind: 'run', tone, from, until, mark: '1', title: '', key: `${from}` }
}

describe('the boxes of a row', () => {
  test('never lie over one another, and leave nothing out', () => {
    fc.assert(
      fc.property(active, width, (busy, pixels) => {
        const segments = busy
          .toSorted((one, other) => one.from - other.from)
          .map(({ from, until }) => segment(from, until))
        const boxes = layOut(segments, createScale(range, busy, pixels), end)
        expect(boxes.reduce((sum, { count }) => sum + count, 0)).toBe(segments.length)
        for (const [index, box] of boxes.entries()) {
          const before = boxes[index - 1]
          expect(box.width).toBeGreaterThanOrEqual(3 - 1e-6)
          expect(box.x).toBeGreaterThanOrEqual(before === undefined ? 0 : before.x + before.width + 1 - 1e-6)
          expect(box.x + box.width).toBeLessThanOrEqual(pixels + 1e-6)
        }
      }),
      // Its end comes out a fraction of a pixel beyond the width.
      { examples: [[[{ from: end, until: end }, { from: 0, until: 773_561 }], 1_728]] },
    )
  })

  test('of many too narrow to be told apart, the gravest is drawn', () => {
    const many = Array.from({ length: 100 }, (_, index) =>
      segment(index, index + 1, index === 40 ? 'failure' : 'success'),
    )
    const [box, ...others] = layOut(many, createScale(range, [{ from: 0, until: end }], 500), end)
    expect(others).toEqual([])
    expect(box).toMatchObject({ count: 100, segment: { tone: 'failure' } })
  })

  test('a short try behind a long wait has its own box, and the wait keeps its colour', () => {
    const scale = createScale({ from: 0, until: 1_000 }, [{ from: 0, until: 1_000 }], 100)
    const boxes = layOut([segment(0, 999, 'inactive'), segment(999, 1_000, 'failure')], scale, 1_000)
    expect(boxes.map(({ segment: { tone }, x, width: wide }) => [tone, x, wide])).toEqual([
      ['inactive', 0, 96],
      ['failure', 97, 3],
    ])
  })

  test('one that goes on reaches to the present', () => {
    const scale = createScale({ from: 0, until: 100 }, [{ from: 0, until: 100 }], 100)
    expect(layOut([segment(20, null)], scale, 70)).toMatchObject([{ x: 20, width: 50 }])
  })
})

test('times stand at round instants with room between them', () => {
  fc.assert(
    fc.property(active, width, (busy, pixels) => {
      const { ticks, step } = axisOf(createScale(range, busy, pixels), 80)
      for (const [index, { at, x }] of ticks.entries()) {
        const before = ticks[index - 1]
        if (before !== undefined) expect(x - before.x).toBeGreaterThanOrEqual(80)
        if (ticks.length > 1) expect(at % step).toBe(0)
      }
    }),
  )
})

describe('marks', () => {
  const mark = (number: number, at: number, type: Mark['type'] = 'step_start'): Mark => ({
    number,
    at,
    type,
    title: '',
  })

  test('all stand somewhere, none on another', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: end })), width, (instants, pixels) => {
        const marks = instants.toSorted((one, other) => one - other).map((at, number) => mark(number, at))
        const places = placeMarks(marks, createScale(range, [], pixels))
        expect(places.flatMap((place) => place.marks)).toEqual(marks)
        for (const [index, { x }] of places.entries()) {
          const before = places[index - 1]
          if (before !== undefined) expect(x - before.x).toBeGreaterThanOrEqual(10)
        }
      }),
    )
  })

  test('under a pointer is the nearest one, and behind the last one none', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: end }), { minLength: 1 }), width, fc.double({ min: 0, max: 1, noNaN: true }), (instants, pixels, share) => {
        const marks = instants.toSorted((one, other) => one - other).map((at, number) => mark(number, at))
        const scale = createScale(range, [], pixels)
        const x = share * pixels
        const away = (each: Mark): number => Math.abs(scale.at(each.at) - x)
        const found = markUnder(marks, scale, x)
        const last = scale.at(marks.at(-1)?.at ?? 0)
        if (found === undefined) expect(x).toBeGreaterThan(last)
        else expect(away(found)).toBeCloseTo(Math.min(...marks.map(away)), 6)
        expect(markUnder(marks, scale, last + 11)).toBeUndefined()
      }),
    )
    expect(markUnder([], createScale(range, [], 100), 5)).toBeUndefined()
  })

  test('a press takes the place that is nearest', () => {
    const places = placeMarks([mark(1, 0), mark(2, end)], createScale(range, [], 100))
    expect([0, 40, 60, 200].map((x) => nearestPlace(places, x)?.mark.number)).toEqual([1, 1, 2, 2])
    expect(nearestPlace([], 3)).toBeUndefined()
  })

  test('the most telling is shown first, then each in turn', () => {
    const [place] = placeMarks([mark(1, 0), mark(2, 1, 'error_recovery'), mark(3, 2)], createScale(range, [], 100))
    if (place === undefined) throw new Error('no place')
    expect(nextAt(place, undefined).number).toBe(2)
    expect(nextAt(place, 2).number).toBe(3)
    expect(nextAt(place, 3).number).toBe(1)
  })
})
