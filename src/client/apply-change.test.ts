import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decisionId, errorId, sampleAttempt, sampleDecision, sampleError, sampleStep, loneRun, sampleRevision } from '../../test/conformance/samples.ts'
import type { RunChanged } from '../contract/streams.ts'
import { Checksum, StepId } from '../model/ids.ts'
import type { RunDetail } from '../model/views.ts'
import { applyChange } from './apply-change.ts'

type Rows = Pick<RunDetail, 'steps' | 'attempts' | 'decisions' | 'errors'>

const nothing: Rows = { steps: [], attempts: [], decisions: [], errors: [] }
const run = loneRun(1)
const fresh: RunDetail = { position: 0, record: run.record, manifest: sampleRevision.manifest, ...nothing }

function changed(rows: Partial<Rows>): RunChanged {
  const { entry, record } = run.next()
  const stored = { ...entry, position: entry.version, digest: Checksum.parse('ef'.repeat(32)) }
  return { type: 'changed', entry: stored, record, ...nothing, ...rows }
}

const step = fc.constantFrom('Send', 'draft', 'draft-2', 'drafts').map((name) => StepId.parse(name))
const small = fc.integer({ min: 1, max: 12 })
const someRows = fc.record({
  steps: fc.array(fc.record({ step, iteration: small, attempts: small }).map(sampleStep)),
  attempts: fc.array(fc.record({ step, iteration: small, attempt: small, startedAt: small }).map(sampleAttempt)),
  decisions: fc.array(fc.record({ id: small.map(decisionId), openedAt: small }).map(sampleDecision)),
  errors: fc.array(fc.record({ id: small.map(errorId), openedAt: small }).map(sampleError)),
})

test('the last row written of each key stands, in the order of the keys', () => {
  const name = (key: readonly (string | number)[]): string =>
    key.map((part) => (typeof part === 'number' ? String(part).padStart(3) : part.padEnd(10))).join()
  const last = <T>(rows: readonly T[], keyOf: (row: T) => string): T[] =>
    [...new Map(rows.map((row) => [keyOf(row), row]))].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)

  fc.assert(
    fc.property(fc.array(someRows), (all) => {
      const changes = all.map(changed)
      const detail = changes.reduce(applyChange, fresh)
      expect(detail.steps).toEqual(last(all.flatMap(({ steps }) => steps), (row) => name([row.step, row.iteration])))
      expect(detail.attempts).toEqual(
        last(all.flatMap(({ attempts }) => attempts), (row) => name([row.step, row.iteration, row.attempt])),
      )
      expect(detail.decisions).toEqual(last(all.flatMap(({ decisions }) => decisions), (row) => row.id))
      expect(detail.errors).toEqual(last(all.flatMap(({ errors }) => errors), (row) => row.id))
      expect(detail.record).toBe(changes.at(-1)?.record ?? fresh.record)
    }),
  )
})

test('what nothing was written to stays the very same', () => {
  const one = sampleStep()
  const before = applyChange(fresh, changed({ steps: [one], attempts: [sampleAttempt()] }))
  const after = applyChange(before, changed({ steps: [sampleStep({ iteration: 2 })] }))
  expect(after.steps[0]).toBe(one)
  expect(after.attempts).toBe(before.attempts)
  expect(after.position).toBe(after.record.version)
})
