import { expect, test } from 'vitest'
import type { PolicyView } from '../model/policy/policy-view.ts'
import { policyFacts, strangerFacts } from './greeting.ts'

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
