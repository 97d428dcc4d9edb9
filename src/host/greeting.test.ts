import { expect, test } from 'vitest'
import type { PolicyView } from '../model/policy/policy-view.ts'
import { RunId, WorkflowName } from '../model/ids.ts'
import { faultFact, policyFacts, recoveryLines, strangerFacts } from './greeting.ts'

const policy: PolicyView = { file: 'cairn.config.yaml', since: 1, settings: [], sections: {}, refused: null, strangers: [{ line: 3, message: 'workflows.leter: there is no such workflow here' }] }

test('a terminal hears of settings that changed, of what they say of nobody, and of what is wrong', () => {
  expect(strangerFacts(policy)).toEqual(['  policy     line 3: workflows.leter: there is no such workflow here'])
  expect(policyFacts(policy)).toEqual(['  policy     changed: cairn config says what is in force', ...strangerFacts(policy)])
  const durability = { key: 'store.durability', meaning: '', wants: '', usual: 'full', reach: 'all', takes: 'start' } as const
  expect(policyFacts({ ...policy, strangers: [], settings: [{ ...durability, said: [{ workflow: null, step: null, value: 'full', line: 1, next: 'normal' }] }] })).toEqual([
    '  policy     changed: cairn config says what is in force',
    '  policy     store.durability is taken when the host starts: "normal" from then on',
  ])
  const refused = { at: 2, faults: [{ line: 1, message: 'colour is no setting' }] }
  expect(policyFacts({ ...policy, refused, strangers: null })).toEqual([
    '  policy     the file is wrong, and what was in force stays:',
    '  policy     line 1: colour is no setting',
  ])
  expect(strangerFacts({ ...policy, strangers: null })).toEqual([])
})

test('a terminal hears that the store cannot be written, and that it can be again', () => {
  const fault = { class: 'resource', name: 'StoreCannotBeWritten', message: 'store.db cannot be used: its disk is full', wayOut: 'free some space' } as const
  expect([faultFact(fault), faultFact(null)]).toEqual(['  STORE      store.db cannot be used: its disk is full; free some space', '  STORE      can be written again'])
})

test('what keeps many runs from going on is said once', () => {
  const failed = ['1', '2', '3', '4', '5', '6'].map((number) => ({ run: RunId.parse(number.padStart(26, '0')), reason: 'its disk is full' }))
  const [first, second] = failed.map(({ run }) => run)
  const other = { run: RunId.parse('7'.padStart(26, '0')), reason: 'it ran out of time' }
  expect(recoveryLines({ recovered: [], waiting: [], failed: [...failed, other] })).toEqual([
    expect.stringMatching(new RegExp(`^6 runs do not go on: its disk is full \\(${first}, ${second}, .* and 1 more\\)$`)),
    `run ${other.run} does not go on: it ran out of time`,
  ])
})

test('a terminal hears of what goes on and what waits, and why each run is set aside with what can be done about it', () => {
  const workflow = WorkflowName.parse('letter')
  const [one, two] = ['1', '2'].map((number) => RunId.parse(number.padStart(26, '0')))
  if (one === undefined || two === undefined) throw new Error('there are two runs')
  const waiting = [
    { run: one, workflow, why: 'it is paused', wayOut: null },
    { run: two, workflow, why: '2 hosts ended', wayOut: 'resume it' },
  ]
  expect(recoveryLines({ recovered: [], waiting, failed: [] })).toEqual([
    `2 unfinished runs found that wait for a person: ${one}, ${two}`,
    `run ${two} is set aside: 2 hosts ended; resume it`,
  ])
})
