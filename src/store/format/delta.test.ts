import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nowhere, runId } from '../../../test/conformance/samples.ts'
import { type CheckpointDraft, CheckpointType, type StateChange, StepFact } from '../../model/checkpoint.ts'
import { StepId } from '../../model/ids.ts'
import { SkipReason } from '../../model/step.ts'
import { plain } from '../crypt/crypt.ts'
import { canonicalText } from './canonical.ts'
import { fold, sealCheckpoint, sealKeyframe } from './delta.ts'
import { genesis } from './journal-digest.ts'

const number = fc.nat()
const step = fc.constantFrom('a', 'Z9', 'sendLater').map((id) => StepId.parse(id))
const fact = fc
  .record(
    {
      iteration: fc.integer({ min: 1 }),
      status: fc.constantFrom(...StepFact.shape.status.options),
      via: step,
      skipped: fc.constantFrom(...SkipReason.options),
      loops: number,
    },
    { requiredKeys: ['iteration', 'status'] },
  )
  .map((given) => StepFact.parse(given))
const change: fc.Arbitrary<StateChange> = fc.oneof(
  fc.record({ key: fc.string(), address: fc.constant(nowhere) }),
  fc.record({ key: fc.string(), fact }),
  fc.record({ key: fc.string(), gone: fc.constant(true as const) }),
)
const changes = fc.uniqueArray(change, { selector: ({ key }) => key })
const draft: fc.Arbitrary<CheckpointDraft> = fc.record({
  number,
  branch: number,
  type: fc.constantFrom(...CheckpointType.options),
  step: fc.option(step),
  iteration: fc.option(fc.integer({ min: 1 })),
  note: fc.option(fc.string({ unit: 'binary' })),
  changes,
})
const byKey = (given: readonly StateChange[]) => given.toSorted((a, b) => (a.key < b.key ? -1 : 1))

test('law: checkpoints and keyframes are written in RFC 8785 form', () => {
  fc.assert(
    fc.property(draft, number, ({ changes: made, ...rest }, at) => {
      const run = runId(1)
      const note = rest.note?.toWellFormed() ?? null
      const { content } = sealCheckpoint(plain, 1, { run, at, parent: null }, { ...rest, changes: made })
      expect(content).toBe(canonicalText([{ ...rest, note, run, at }, byKey(made)]))
      const state = fold(new Map(), made)
      expect(sealKeyframe(genesis, state).text).toBe(canonicalText(byKey([...state.values()])))
    }),
  )
})
