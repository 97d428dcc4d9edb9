/** Which runs go is held against what the bounds say of each run by itself. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runId } from '../../../test/conformance/samples.ts'
import { hostActor } from '../../model/actor.ts'
import { type RunId, WorkflowName } from '../../model/ids.ts'
import { type RetentionBounds, unbounded } from '../../model/retention.ts'
import { choose, type Choosing, type EndedRun, hasEnded, type SurveyedRun } from './choose.ts'

const now = 1_000
const [letter, audit] = [WorkflowName.parse('letter'), WorkflowName.parse('audit')]

const bound = fc.option(fc.nat(600), { nil: null })
const bounds: fc.Arbitrary<RetentionBounds> = fc.record({ runs: fc.option(fc.nat(5), { nil: null }), age: bound, size: bound, branches: fc.constant(null), checkpoints: fc.constant(null) })
const facts = fc.record({
  workflow: fc.constantFrom(letter, audit),
  endedAt: fc.option(fc.integer({ min: 0, max: now }), { nil: null }),
  bytes: fc.nat(200),
  isDamaged: fc.boolean(),
  isKept: fc.boolean(),
  replayOf: fc.option(fc.nat(9), { nil: null }),
  /** A run before it, or else one that is gone. */
  childOf: fc.option(fc.nat(9), { nil: null }),
})

const given = fc.record({ all: fc.array(facts, { maxLength: 10 }), usual: bounds, ofLetter: fc.option(bounds, { nil: null }) })
type Given = typeof given extends fc.Arbitrary<infer Value> ? Value : never

function choosing({ all, usual, ofLetter }: Given) {
  const parentOf = (childOf: number, index: number): RunId => runId(childOf < index ? childOf + 1 : 99)
  const runs = all.map(({ workflow, endedAt, replayOf, childOf, isKept }, index): SurveyedRun => {
    const number = index + 1
    return { number, id: runId(number), workflow, version: 1, lineage: 1, origin: replayOf === null ? null : runId(replayOf + 1), parent: childOf === null ? null : parentOf(childOf, index), endedAt, kept: isKept ? { by: hostActor, why: null, at: 1 } : null, from: null, checkpoints: 1, branch: 0, isTrimmed: false }
  })
  const bytesOf = ({ number }: SurveyedRun): number => all[number - 1]?.bytes ?? 0
  const damaged = new Set(runs.filter(({ number }) => all[number - 1]?.isDamaged).map(({ id }) => id))
  const how: Choosing = { policy: { usual, workflows: ofLetter === null ? {} : { letter: ofLetter } }, now, damaged, weigh: bytesOf }
  return { runs, how, bytesOf }
}

test('law: a run goes if and only if it has ended, passes a bound of its workflow, and nobody needs it, nor is its parent left', () => {
  fc.assert(
    fc.property(given, (wanted) => {
      const { runs, how, bytesOf } = choosing(wanted)
      const choice = choose(runs, how)
      const goes = new Map(choice.going.map(({ run, rule }) => [run.id, rule]))
      const stays = new Map(choice.staying.map(({ run, why }) => [run.id, why]))
      const ended = runs.filter(hasEnded)
      for (const run of ended) {
        const limits = run.workflow === letter ? (wanted.ofLetter ?? wanted.usual) : wanted.usual
        const ofWorkflow = ended.filter(({ workflow }) => workflow === run.workflow)
        const newer = ofWorkflow.filter(({ endedAt, number }) => endedAt > run.endedAt || (endedAt === run.endedAt && number > run.number))
        const bytes = [run, ...newer].reduce((sum, each) => sum + bytesOf(each), 0)
        const passed = [
          ...(limits.age !== null && now - run.endedAt > limits.age ? ['age'] : []),
          ...(limits.runs !== null && newer.length >= limits.runs ? ['runs'] : []),
          ...(limits.size !== null && bytes > limits.size ? ['size'] : []),
        ]
        const isKept = run.kept !== null
        const isReplayed = runs.some(({ origin, endedAt }) => origin === run.id && endedAt === null)
        const isChild = runs.some(({ id }) => id === run.parent && !goes.has(id))
        const needed = isKept ? 'kept' : how.damaged.has(run.id) ? 'damaged' : isReplayed ? 'replayed' : isChild ? 'child' : undefined
        expect(goes.get(run.id)).toBe(needed === undefined ? passed[0] : undefined)
        expect(stays.get(run.id)).toBe(passed.length > 0 ? needed : undefined)
      }
      expect(goes.size + stays.size).toBeLessThanOrEqual(ended.length)
    }),
  )
})

test('law: those that ended first go first, a child as if it had ended no earlier than its parent', () => {
  fc.assert(
    fc.property(given, (wanted) => {
      const { runs, how } = choosing(wanted)
      const going = choose(runs, how).going.map(({ run }) => run)
      const endOf = ({ endedAt, parent }: EndedRun): number => {
        const above = going.find(({ id }) => id === parent)
        return above === undefined ? endedAt : Math.max(endedAt, endOf(above))
      }
      const times = going.map((run) => [endOf(run), run.number] as const)
      expect(times).toEqual(times.toSorted(([at, number], [other, another]) => at - other || number - another))
      for (const [index, { parent }] of going.entries()) expect(going.slice(index).map(({ id }) => id)).not.toContain(parent)
    }),
  )
})

test('nothing goes where no bound is set, and no run is weighed where none is on bytes', () => {
  const { runs, how } = choosing({ all: [{ workflow: letter, endedAt: 1, bytes: 5, isDamaged: false, isKept: false, replayOf: null, childOf: null }], usual: unbounded, ofLetter: null })
  const weigh = (): never => {
    throw new Error('it was weighed')
  }
  expect(choose(runs, { ...how, weigh })).toEqual({ going: [], staying: [] })
})
