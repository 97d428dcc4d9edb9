import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nowhere, runId } from '../../../test/conformance/samples.ts'
import { type CheckpointDraft, CheckpointType, type StateChange, StepFact } from '../../model/checkpoint.ts'
import { StepId } from '../../model/ids.ts'
import { SkipReason } from '../../model/step.ts'
import { plain } from '../crypt/crypt.ts'
import { canonicalText } from './canonical.ts'
import { fold, openCheckpoint, openKeyframe, sealCheckpoint, sealKeyframe } from './delta.ts'
import { genesis } from './journal-digest.ts'
import { pack } from './packing.ts'
import { fromHex, sha256 } from './sha256.ts'

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
const pairs = (given: readonly StateChange[]) =>
  byKey(given).map((change) => [change.key, 'address' in change ? change.address : 'fact' in change ? change.fact : null])

test('law: checkpoints and keyframes are written in RFC 8785 form', () => {
  fc.assert(
    fc.property(draft, number, ({ changes: made, ...rest }, at) => {
      const run = runId(1)
      const note = rest.note?.toWellFormed() ?? null
      const { content } = sealCheckpoint(plain, 1, { run, at, parent: null }, { ...rest, changes: made })
      expect(content).toBe(canonicalText([at, rest.branch, rest.type, rest.step, rest.iteration, note, rest.number, run, pairs(made)]))
      const state = fold(new Map(), made)
      expect(sealKeyframe(genesis, state).text).toBe(canonicalText(pairs([...state.values()])))
    }),
  )
})

test('law: what was written before, each member by its name, says the same', () => {
  fc.assert(
    fc.property(draft, fc.nat(), ({ changes: made, ...rest }, at) => {
      const run = runId(1)
      const metadata = { ...rest, note: rest.note?.toWellFormed() ?? null, run, at }
      const contents = [canonicalText([metadata, byKey(made)]), sealCheckpoint(plain, 1, { run, at, parent: null }, { ...rest, changes: made }).content]
      const expected = { run, number: rest.number, parent: null }
      const opened = contents.map((content) => openCheckpoint(plain, expected, { content, checksum: sha256(fromHex(genesis), content) }))
      for (const checkpoint of opened) expect(checkpoint).toMatchObject({ ...metadata, changes: byKey(made) })
      const keyframes = [canonicalText(byKey(made)), sealKeyframe(genesis, fold(new Map(), made)).text]
      const [before, now] = keyframes.map((text) => {
        const stored = { body: pack(Buffer.from(text)), checksum: sha256(fromHex(genesis), text) }
        return openKeyframe(plain, { run, number: rest.number, checksum: genesis }, stored)
      })
      expect(now).toEqual(before)
    }),
  )
})
