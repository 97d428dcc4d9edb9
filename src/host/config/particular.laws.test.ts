import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StepId, WorkflowName } from '../../model/ids.ts'
import { rulesFor } from '../../model/policy/policy.ts'
import { parseConfig } from './parse-config.ts'
import { rowsOf } from './settings-of.ts'

const part = fc.record(
  { checkpoints: fc.constantFrom('defined', 'after', 'around'), window: fc.integer({ min: 2, max: 10_000 }), max_repeats: fc.integer({ min: 2, max: 1_000 }) },
  { requiredKeys: [] },
)
type Part = typeof part extends fc.Arbitrary<infer T> ? T : never

const names = ['a', 'b', 'c']
const file = fc.record({
  forAll: part,
  workflows: fc.dictionary(fc.constantFrom(...names), fc.record({ own: part, steps: fc.dictionary(fc.constantFrom(...names), part) })),
})

function written({ checkpoints, ...loops }: Part) {
  return { ...(checkpoints !== undefined && { checkpoints }), detection: { loops } }
}

const usual = { checkpoints: 'defined', window: 200, max_repeats: 3, max_polls: 10_000 }

test('of each rule the most particular word counts, whatever else is written, and is the one that is shown', () => {
  fc.assert(
    fc.property(file, ({ forAll, workflows }) => {
      const named = Object.entries(workflows).map(([name, { own, steps }]) => {
        const ofSteps = Object.entries(steps).map(([step, rules]) => [step, written(rules)])
        return [name, { ...written(own), steps: Object.fromEntries(ofSteps) }]
      })
      const parsed = parseConfig(JSON.stringify({ ...written(forAll), workflows: Object.fromEntries(named) }))
      if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults))
      const { policy } = parsed.read.config
      const shown = new Map(rowsOf(parsed.read).map(({ key, said }) => [key, said]))
      for (const workflow of names) {
        for (const step of [null, ...names]) {
          const own = workflows[workflow]
          const wanted = { ...usual, ...forAll, ...own?.own, ...(step === null ? {} : own?.steps[step]) }
          const { checkpoints, detection } = rulesFor(policy, WorkflowName.parse(workflow), step === null ? null : StepId.parse(step))
          expect({ checkpoints, ...detection.loops }).toEqual(wanted)
          expect(bestOf(shown.get('detection.loops.window') ?? [], workflow, step)).toBe(wanted.window)
        }
      }
    }),
  )
})

/** What is shown of the step, else of its workflow, else of all. */
function bestOf(said: ReturnType<typeof rowsOf>[number]['said'], workflow: string, step: string | null): unknown {
  const places = [{ workflow, step }, { workflow, step: null }, { workflow: null, step: null }]
  return places.flatMap((place) => said.find((one) => one.workflow === place.workflow && one.step === place.step) ?? [])[0]?.value
}
