import { expect, test } from 'vitest'
import type { DecisionStatus, RunStatus } from '../../../model/status.ts'
import { isOwn, nextStop, numberOf, type Seen, StopName, stopAfter } from './stops.ts'

const nothing: Seen = { run: undefined, choice: undefined, isReplayed: false }
const here = { step: false, checkpoint: false }

interface Facts {
  readonly status?: RunStatus
  readonly branch?: number
  readonly decisions?: readonly DecisionStatus[]
}

function run({ status = 'waiting', branch = 0, decisions = [] }: Facts): Seen {
  return { ...nothing, run: { record: { status, branch }, decisions: decisions.map((each) => ({ status: each })) } }
}

test('each stop is behind once its thing was done, and not before', () => {
  expect(nextStop('start', nothing)).toBe('start')
  expect(nextStop('start', run({ decisions: ['pending'] }))).toBe('watch')
  expect(nextStop('watch', { ...run({ decisions: ['pending'] }), choice: { ...here, step: true } })).toBe('decide')
  expect(nextStop('decide', { ...run({ decisions: ['pending'] }), choice: { ...here, step: true, checkpoint: true } })).toBe('decide')
  expect(nextStop('decide', run({ status: 'completed', decisions: ['edited'] }))).toBe('scrub')
  expect(nextStop('scrub', { ...run({ status: 'completed', decisions: ['approved'] }), choice: { ...here, checkpoint: true } })).toBe('back')
  expect(nextStop('back', run({ status: 'running', branch: 1, decisions: ['approved', 'pending'] }))).toBe('over')
})

test('who is faster than the tour is not held back', () => {
  expect(nextStop('watch', run({ decisions: ['approved'] }))).toBe('scrub')
  expect(nextStop('start', run({ branch: 1, decisions: ['withdrawn', 'pending'] }))).toBe('over')
  expect(nextStop('start', { ...run({ status: 'completed' }), isReplayed: true })).toBe('over')
})

test('what asks nobody has no decision to wait for', () => {
  expect(nextStop('watch', run({ status: 'failed' }))).toBe('scrub')
})

test('a stop that was skipped is not gone back to', () => {
  expect(stopAfter('start')).toBe('watch')
  expect(nextStop('watch', nothing)).toBe('watch')
  expect(stopAfter('over')).toBe('over')
  expect(StopName.options.map(numberOf)).toEqual(['1 of 5', '2 of 5', '3 of 5', '4 of 5', '5 of 5', undefined])
})

test('only a run from now on is the own one, and no replay', () => {
  expect(isOwn({ createdAt: 5, origin: null }, 5)).toBe(true)
  expect(isOwn({ createdAt: 4, origin: null }, 5)).toBe(false)
  expect(isOwn({ createdAt: 9, origin: { run: 'another' } }, 5)).toBe(false)
})
