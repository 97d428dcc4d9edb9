import fc from 'fast-check'
import { expect, it } from 'vitest'
import { RunId, StepId, WorkflowName } from '../../model/ids.ts'
import { ThrottleRules } from '../../model/policy/throttle-rules.ts'
import { answered, refused, type Throttling } from './throttle.ts'

const name = { workflow: WorkflowName.parse('w'), dependency: 'd' }
const who = { run: RunId.parse('0'.repeat(26)), step: StepId.parse('s') }

/** Something that was heard: how long after it began, how long after the last, and how many were under way. */
const heard = fc.record({ isRefusal: fc.boolean(), took: fc.integer({ min: 0, max: 50 }), after: fc.integer({ min: 0, max: 20 }), underWay: fc.integer({ min: 1, max: 60 }) })
const given = { rules: fc.record({ stretch: fc.integer({ min: 1, max: 5 }), least: fc.integer({ min: 1, max: 4 }) }), story: fc.array(heard, { maxLength: 80 }) }

it('halves at most at what began since, raises by one after a stretch, and stays within its bounds', () => {
  fc.assert(
    fc.property(given.rules, given.story, (set, story) => {
      const rules = ThrottleRules.parse(set)
      let now = 0
      let standing: Throttling | undefined
      for (const { isRefusal, took, after, underWay } of story) {
        now += after
        const before: Throttling | undefined = standing
        const began = now - took
        if (isRefusal) standing = refused(before, name, { ...who, began, underWay }, now, rules)
        else if (before !== undefined) standing = answered(before, began, rules)
        const [was, is] = [before?.throttle, standing?.throttle]
        const isOld = was !== undefined && began <= was.loweredAt
        if (isOld) expect(standing).toEqual(before)
        if (is !== undefined) {
          expect(is.limit).toBeGreaterThanOrEqual(1)
          expect(is.limit).toBeLessThan(is.from)
        }
        if (isRefusal && !isOld && is !== undefined) {
          expect(is.limit).toBeLessThanOrEqual(Math.max(rules.least, underWay / 2, 1))
          if (was !== undefined) expect(is.limit).toBeLessThanOrEqual(was.limit)
        }
        if (!isRefusal && was !== undefined && is !== undefined) expect(is.limit - was.limit).toBeOneOf([0, 1])
        if (!isRefusal && was !== undefined && is === undefined) expect(was.limit + 1).toBe(was.from)
      }
    }),
  )
})

it('comes to be lifted, whatever it was, once nothing is refused any more', () => {
  fc.assert(
    fc.property(given.rules, fc.integer({ min: 2, max: 200 }), (set, underWay) => {
      const rules = ThrottleRules.parse(set)
      let standing = refused(undefined, name, { ...who, began: 0, underWay }, 1, rules)
      for (let left = underWay * rules.stretch; left > 0 && standing !== undefined; left -= 1) standing = answered(standing, 2, rules)
      expect(standing).toBeUndefined()
    }),
  )
})
