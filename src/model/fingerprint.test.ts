import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Failure } from './failure.ts'
import { fingerprint, normalised, type Scene } from './fingerprint.ts'
import { StepId, WorkflowName } from './ids.ts'

const scene: Scene = { workflow: WorkflowName.parse('outreach'), step: StepId.parse('send') }
const failure = (message: string, fields: Partial<Failure> = {}): Failure => ({ class: 'transient', name: 'Error', message, ...fields })
const of = (message: string): string => fingerprint(scene, failure(message))

describe('what varies from run to run is left out', () => {
  test.each([
    ['timeout after 3012 ms', 'timeout after 17 ms'],
    ['took 1.5 s of 2,000', 'took 3 s of 10'],
    ['no customer "Ada"', 'no customer "Grace, of the navy"'],
    ["step 'draft' of 'a'", "step 'send' of 'b'"],
    ['mailbox ada@example.com is full', 'mailbox g.hopper@navy.example.org is full'],
    ['GET https://a.example.com/x?y=1 refused', 'GET http://b.example.com refused'],
    ['run 01ARZ3NDEKTSV4RRFFQ69G5FAV is gone', 'run 01BX5ZZKBKACTAV9WEVGEMMVRZ is gone'],
    ['order 8c1e6a2e-30a4-4f7f-9f7d-1d0d4f1f2a3b', 'order 00000000-0000-0000-0000-0123456789ab'],
    ['commit 9f86d081884c', 'commit 2c26b46b68ff'],
    ['connect ECONNREFUSED 127.0.0.1:25', 'connect ECONNREFUSED 10.0.0.7:2525'],
    ['at 2026-11-21T10:00:00Z', 'at 2025-01-02T23:59:59Z'],
    ['first line 1\n  at x:1:2', 'first line 2\n  at y:3:4'],
  ])('%j is as %j', (one, other) => expect(of(one)).toBe(of(other)))
})

describe('what does not vary stays', () => {
  test.each([
    ['connection refused', 'connection reset'],
    ["it doesn't fit in the queue's list", "it won't fit in the queue's list"],
    ['decade facade', 'facade decade'],
  ])('%j is not %j', (one, other) => expect(of(one)).not.toBe(of(other)))

  test('nor are failures of another step, workflow, class or name the same', () => {
    const all = [
      fingerprint(scene, failure('x')),
      fingerprint({ ...scene, step: null }, failure('x')),
      fingerprint({ ...scene, workflow: WorkflowName.parse('other') }, failure('x')),
      fingerprint(scene, failure('x', { class: 'permanent' })),
      fingerprint(scene, failure('x', { name: 'TypeError' })),
    ]
    expect(new Set(all).size).toBe(all.length)
  })
})

test('law: numbers never tell two failures apart', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (a, b) => {
      expect(of(`slot ${a} of ${b}`)).toBe(of(`slot ${b} of ${a}`))
    }),
  )
})

test('law: a message of any length and content is told shortly', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 5_000 }), (message) => {
      expect(normalised(message).length).toBeLessThanOrEqual(300)
    }),
  )
})
