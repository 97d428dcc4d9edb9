import { describe, expect, test } from 'vitest'
import { StepId } from '../../model/ids.ts'
import { LoopRules } from '../../model/policy/loop-rules.ts'
import { findCycle, type Way } from './find-cycle.ts'
import type { Came } from './repetition.ts'

/** `a1 b2`: step a came to 1, then step b to 2. */
const passes = (text: string): Came[] => {
  const seen = new Map<string, number>()
  return text.split(' ').map((word) => {
    const step = word.slice(0, 1)
    const iteration = (seen.get(step) ?? 0) + 1
    seen.set(step, iteration)
    return { step: StepId.parse(step), iteration, to: word.slice(1) }
  })
}
const way = (text: string, more: Partial<Way> = {}): Way => {
  const all = passes(text)
  return { iteration: all.at(-1)?.iteration ?? 0, newest: (count) => all.slice(-count), over: () => true, waits: (step) => step === 'w', ...more }
}
const rules = (more: Partial<LoopRules> = {}): LoopRules => LoopRules.parse(more)
const times = (text: string, count: number): string => Array.from({ length: count }, () => text).join(' ')

describe('a pattern', () => {
  test('is told with its steps, since when it goes on, and how often it has come', () => {
    expect(findCycle(way(`r0 a0 b0 ${times('a1 b1', 3)}`), rules())).toEqual({
      by: 'pattern',
      steps: ['a', 'b'],
      repeats: 3,
      since: { step: 'a', iteration: 2 },
    })
  })

  test('is looked for in the window alone', () => {
    const seven = times('a1 b2 a2 b1 a3 b3 c1', 3)
    expect(findCycle(way(seven), rules({ window: 21 }))).toMatchObject({ by: 'pattern', steps: ['a', 'b', 'a', 'b', 'a', 'b', 'c'] })
    expect(findCycle(way(seven), rules({ window: 13 }))).toBeUndefined()
  })

  test('has to come as often as the rules say', () => {
    expect(findCycle(way(times('a1', 4)), rules({ max_repeats: 5 }))).toBeUndefined()
    expect(findCycle(way(times('a1', 5)), rules({ max_repeats: 5 }))).toMatchObject({ steps: ['a'], repeats: 5 })
  })
})

describe('a state that comes back', () => {
  test('is found where the steps between come in another order each time', () => {
    expect(findCycle(way('a1 b1 c1 d1 a1 c1 b1 d1 a1 b1 c1 d1'), rules())).toMatchObject({ by: 'state', repeats: 3, steps: ['a', 'b', 'c', 'd'], since: { step: 'd', iteration: 1 } })
  })

  test('is found where others lie between', () => {
    expect(findCycle(way('a1 d1 a2 d1 a1 d1 a3 d1 a1 d1'), rules())).toMatchObject({ by: 'state', repeats: 3, steps: ['a', 'd', 'a', 'd'] })
  })

  test('is another where a step was left out', () => {
    expect(findCycle(way('a1 b1 d1 a1 d1 b1 d1 a1 d1'), rules())).toBeUndefined()
  })
})

describe('a loop that polls', () => {
  const polling = (count: number): string => times('w0 p0', count)

  test('goes on as often as is said of polls', () => {
    expect(findCycle(way(polling(500)), rules())).toBeUndefined()
    expect(findCycle(way(polling(19)), rules({ max_polls: 20 }))).toBeUndefined()
    expect(findCycle(way(polling(20)), rules({ max_polls: 20 }))).toMatchObject({ by: 'pattern', repeats: 20, steps: ['w', 'p'] })
  })

  test('is counted beyond the window', () => {
    expect(findCycle(way(polling(300)), rules({ max_polls: 300, window: 10 }))).toMatchObject({ repeats: 300 })
  })

  test('costs no more than any other while it may still go on', () => {
    const asked: number[] = []
    const young = way(polling(500))
    findCycle({ ...young, newest: (count) => (asked.push(count), young.newest(count)) }, rules())
    expect(Math.max(...asked)).toBe(200)
  })

  test('may be given less time than others', () => {
    expect(findCycle(way(polling(2)), rules({ max_polls: 2, max_repeats: 4 }))).toMatchObject({ repeats: 2 })
    expect(findCycle(way(times('a1', 3)), rules({ max_polls: 2, max_repeats: 4 }))).toBeUndefined()
    expect(findCycle(way(times('a1', 4)), rules({ max_polls: 2, max_repeats: 4 }))).toMatchObject({ repeats: 4 })
  })
})
