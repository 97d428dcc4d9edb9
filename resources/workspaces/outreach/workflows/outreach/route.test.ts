import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Audience, Task, Tone } from './input.ts'
import { routeTask } from './route.ts'
import { inputOf } from './walk.fixture.ts'

describe('the director', () => {
  it('gives weights that add up to 1, and a reason for each choice', () => {
    const inputs = fc.record({
      task: fc.constantFrom(...Task.options),
      audience: fc.constantFrom(...Audience.options),
      urgency: fc.constantFrom('low', 'normal', 'high'),
      tone: fc.constantFrom(undefined, ...Tone.options),
    })
    fc.assert(
      fc.property(inputs, ({ tone, ...given }) => {
        const { weights, reasons } = routeTask(inputOf(tone === undefined ? given : { ...given, tone }))
        expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1)
        expect(reasons.length).toBeGreaterThanOrEqual(3)
      }),
    )
  })

  it('takes the tone that was asked for, else the one that suits', () => {
    expect(routeTask(inputOf({ task: 'apology', tone: 'warm' })).tone).toBe('warm')
    expect(routeTask(inputOf({ task: 'apology' })).tone).toBe('formal')
    expect(routeTask(inputOf({ audience: 'customer' })).tone).toBe('warm')
  })

  it('asks less of an urgent letter, but not of its grammar', () => {
    const [calm, urgent] = [routeTask(inputOf()), routeTask(inputOf({ urgency: 'high' }))]
    expect(urgent.thresholds.style).toBeLessThan(calm.thresholds.style)
    expect(urgent.thresholds.grammar).toBe(calm.thresholds.grammar)
  })
})
