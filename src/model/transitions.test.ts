import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isEnded, RunStatus } from './status.ts'
import { canMove, IllegalTransition, move, transitions } from './transitions.ts'

describe('the transition table', () => {
  test('an ended run has no way out', () => {
    for (const status of RunStatus.options) {
      if (isEnded(status)) expect(transitions.run[status]).toEqual([])
      else expect(transitions.run[status].length).toBeGreaterThan(0)
    }
  })

  test('move answers the new status where the table has it and throws otherwise, changing nothing', () => {
    const statuses = fc.constantFrom(...RunStatus.options)
    fc.assert(
      fc.property(statuses, statuses, (from, to) => {
        if (canMove('run', from, to)) expect(move('run', 'r', from, to)).toBe(to)
        else expect(() => move('run', 'r', from, to)).toThrow(IllegalTransition)
      }),
    )
  })

  test('the refusal names what could not move, from where and to where', () => {
    expect(() => move('step', 'send', 'completed', 'running')).toThrow('step send cannot move from completed to running')
  })

  test('a decision ends once, an attempt that ended stays ended', () => {
    for (const [from, to] of Object.entries(transitions.decision)) expect(to.length > 0).toBe(from === 'pending')
    expect(transitions.attempt.completed).toEqual([])
  })
})
