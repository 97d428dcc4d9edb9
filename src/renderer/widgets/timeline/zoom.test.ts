import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeMarks } from './marks.ts'
import { createScale, type Interval } from './scale.ts'
import { layOut } from './segments.ts'
import { axisOf } from './ticks.ts'
import { movedBy, revealing, seenThrough, type Zoom, zoomedBy } from './zoom.ts'

const end = 1_000_000
const width = 1_000
const interval = fc
  .tuple(fc.integer({ min: 0, max: end }), fc.integer({ min: 0, max: 100_000 }))
  .map(([from, length]): Interval => ({ from, until: Math.min(end, from + length) }))
const wholes = fc
  .array(interval, { maxLength: 20 })
  .map((active) => createScale({ from: 0, until: end }, active, width))
const times = fc.double({ min: 0.2, max: 8, noNaN: true })
const place = fc.integer({ min: 0, max: width })
const zooms = fc.array(fc.tuple(times, place), { minLength: 1, maxLength: 6 })

const zoomedThrough = (whole: ReturnType<typeof createScale>, steps: readonly (readonly [number, number])[]) =>
  steps.reduce<Zoom | undefined>((zoom, [by, x]) => zoomedBy(whole, zoom, by, x), undefined)

describe('a zoom', () => {
  test('keeps the instant under the pointer where it is', () => {
    fc.assert(
      fc.property(wholes, zooms, fc.double({ min: 1, max: 8, noNaN: true }), place, (whole, steps, by, x) => {
        const zoom = zoomedThrough(whole, steps)
        const at = seenThrough(whole, zoom).instantAt(x)
        const nearer = seenThrough(whole, zoomedBy(whole, zoom, by, x))
        expect(nearer.at(at)).toBeCloseTo(x, 1)
      }),
    )
  })

  test('never shows less than a width of what there is, and what is seen stands within it', () => {
    fc.assert(
      fc.property(wholes, zooms, fc.integer({ min: -5_000, max: 5_000 }), (whole, steps, by) => {
        const seen = seenThrough(whole, movedBy(whole, zoomedThrough(whole, steps), by))
        expect(seen.from).toBeGreaterThanOrEqual(whole.from)
        expect(seen.until).toBeLessThanOrEqual(whole.until)
        expect(seen.at(seen.from)).toBeCloseTo(0, 1)
        expect(seen.at(seen.until)).toBeCloseTo(width, 1)
        expect(seen.pixelsPerMilli).toBeGreaterThanOrEqual(whole.pixelsPerMilli)
      }),
    )
  })

  test('out far enough is the whole again', () => {
    fc.assert(
      fc.property(wholes, zooms, (whole, steps) => {
        expect(zoomedBy(whole, zoomedThrough(whole, steps), 1e-9, 500)).toBeUndefined()
      }),
    )
  })

  test('moves by what it was dragged, and back', () => {
    const whole = createScale({ from: 0, until: 1_000 }, [], width)
    const zoom = zoomedBy(whole, undefined, 4, 500)
    expect(seenThrough(whole, zoom)).toMatchObject({ from: 375, until: 625 })
    const moved = movedBy(whole, zoom, 100)
    expect(seenThrough(whole, moved)).toMatchObject({ from: 400, until: 650 })
    expect(movedBy(whole, moved, -100)).toEqual(zoom)
    expect(seenThrough(whole, movedBy(whole, zoom, 1e9)).until).toBe(1_000)
  })

  test('stands still while the run goes on', () => {
    const busy = [{ from: 0, until: 2_000 }]
    const before = createScale({ from: 0, until: 1_000 }, busy, width)
    const after = createScale({ from: 0, until: 2_000 }, busy, width)
    const zoom = zoomedBy(before, undefined, 4, 500)
    expect(seenThrough(after, zoom)).toMatchObject({ from: 375, until: 625 })
  })

  test('follows to what is out of sight, and stays where it is seen', () => {
    const whole = createScale({ from: 0, until: 1_000 }, [], width)
    const zoom = zoomedBy(whole, undefined, 4, 500)
    expect(revealing(whole, zoom, 400)).toBe(zoom)
    expect(seenThrough(whole, revealing(whole, zoom, 800)).at(800)).toBeCloseTo(500)
    expect(revealing(whole, undefined, 800)).toBeUndefined()
  })

  test('keeps a day without anything as narrow as it was', () => {
    const busy = [
      { from: 0, until: 1_000 },
      { from: 86_400_000, until: 86_401_000 },
    ]
    const whole = createScale({ from: 0, until: 86_401_000 }, busy, width)
    const seen = seenThrough(whole, zoomedBy(whole, undefined, 4, 500))
    expect(seen.pieces.find(({ gap }) => gap)).toMatchObject({ from: 1_000, until: 86_400_000, width: 36 })
  })
})

describe('of five thousand', () => {
  const whole = createScale({ from: 0, until: end }, [{ from: 0, until: end }], width)
  const seen = seenThrough(whole, zoomedBy(whole, undefined, 50, 500))
  const instants = Array.from({ length: 5_000 }, (_, index) => index * 200)

  test('checkpoints only those in sight are drawn', () => {
    const marks = instants.map((at, number) => ({ number, at, type: 'step_start' as const, title: '' }))
    const places = placeMarks(marks, seen)
    expect(places.flatMap((each) => each.marks).length).toBeLessThan(110)
    expect(places.every(({ x }) => x >= -10 && x <= width + 10)).toBe(true)
    expect(placeMarks(marks, whole).length).toBeLessThanOrEqual(width / 10 + 1)
  })

  test('attempts only those in sight are drawn', () => {
    const attempts = instants.map((from) => {
      return { kind: 'run', tone: 'success', from, until: from + 100, mark: '1', title: '', key: `${from}` } as const
    })
    const boxes = layOut(attempts, seen, end)
    expect(boxes.length).toBeGreaterThan(90)
    expect(boxes.length).toBeLessThan(110)
    expect(boxes.every(({ x, width: wide }) => x >= -10 && x + wide <= width + 10)).toBe(true)
  })

  test('the axis names what is seen', () => {
    const { ticks } = axisOf(seen)
    expect(ticks.length).toBeGreaterThan(3)
    expect(ticks.every(({ at, x }) => at >= seen.from && at <= seen.until && x >= 0 && x <= width)).toBe(true)
  })
})
