import { expect, test } from 'vitest'
import { draft, sampleStep } from '../../../test/conformance/samples.ts'
import { StepId } from '../../model/ids.ts'
import { standingAfter } from './standing.ts'

const send = StepId.parse('send')
const at = (step: StepId, iteration = 1) => ({ step, iteration })

test('steps that run, wait, failed or are in doubt are where a run stands', () => {
  for (const status of ['running', 'waiting', 'failed', 'in_doubt'] as const) {
    expect(standingAfter([], [sampleStep({ status })])).toEqual([at(draft)])
  }
  for (const status of ['pending', 'completed', 'skipped', 'superseded', 'cancelled'] as const) {
    expect(standingAfter([at(draft), at(send)], [sampleStep({ status })])).toEqual([at(send)])
  }
})

test('a newer iteration takes the place of the older, whatever the order they come in', () => {
  const [old, renewed] = [sampleStep({ status: 'failed' }), sampleStep({ status: 'pending', iteration: 2 })]
  expect(standingAfter([], [renewed, old])).toEqual([])
  expect(standingAfter([at(draft)], [sampleStep({ status: 'running', iteration: 2 })])).toEqual([at(draft, 2)])
  expect(standingAfter([at(draft, 2)], [sampleStep({ status: 'superseded' })])).toEqual([at(draft, 2)])
})
