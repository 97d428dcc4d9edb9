import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StepFact } from '../../model/checkpoint.ts'
import { isPairs } from './changes.ts'

const facts = fc.oneof(
  fc.record(
    {
      iteration: fc.oneof(fc.integer({ min: -1, max: 3 }), fc.double(), fc.constant('1')),
      status: fc.constantFrom('pending', 'completed', 'skipped', 'failed', 'lost', null),
      via: fc.constantFrom('draft', 'no step', null),
      loops: fc.integer({ min: -1, max: 2 }),
      other: fc.constant(1),
    },
    { requiredKeys: [] },
  ),
  fc.constantFrom([], [1], {}, true, 7),
)

test('a fact that is known at a look is one that its schema takes, and no other', () => {
  fc.assert(
    fc.property(facts, (fact) => {
      expect(isPairs([['step/draft', fact]])).toBe(StepFact.safeParse(fact).success)
    }),
  )
})
