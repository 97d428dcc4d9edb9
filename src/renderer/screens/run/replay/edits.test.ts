import { expect, test } from 'vitest'
import { sampleRevision } from '../../../../../test/conformance/samples.ts'
import { Address, StepId } from '../../../../model/ids.ts'
import type { Json } from '../../../../model/json.ts'
import type { Manifest, StepManifest } from '../../../../model/manifest.ts'
import type { PastState } from '../state/past.ts'
import type { Edit } from './drafts.ts'
import { asGiven, changedOf, editablesAt, leftOut, refusalsAt, usualReason } from './edits.ts'

const [sample] = sampleRevision.manifest.steps
const address = Address.parse('a'.repeat(64))

function stepOf(id: string, more: object = {}): StepManifest {
  if (sample === undefined) throw new Error('the sample has no step')
  return { ...sample, id: StepId.parse(id), ...more }
}

const schema = { type: 'object', properties: { body: { type: 'string', minLength: 2 } }, required: ['body'] }
const manifest: Manifest = {
  ...sampleRevision.manifest,
  steps: [
    stepOf('draft', { output: schema, sensitive: true }),
    stepOf('send', { fallback: StepId.parse('later') }),
    stepOf('later', { onlyAsFallback: true }),
    stepOf('ask', { kind: 'approval', actions: [{ name: 'yes', role: 'primary' }], deadline: null, onDeadline: 'fail', edits: null }),
  ],
}

function stateOf(...keys: readonly string[]): PastState {
  return { facts: {}, values: new Map(keys.map((key, since) => [key, { address, since }])) }
}

const editOf = (value: Json, more: Partial<Edit> = {}): Edit => ({ value, written: null, isChange: true, isSecret: false, ...more })
const all = editablesAt(manifest, stateOf('context', 'output/draft/1', 'output/draft/2', 'output/send/1', 'output/later/1', 'output/ask/1', 'input'), manifest)
const changedBy = (edits: Readonly<Record<string, Edit>>) => changedOf(all, { edits })

test('the input and what steps put out may be edited; what was decided and what stood in may not', () => {
  expect(all.map(({ key, isSensitive, output }) => [key, isSensitive, output?.isNewest])).toEqual([
    ['input', false, undefined],
    ['output/draft/1', true, false],
    ['output/draft/2', true, true],
    ['output/send/1', false, true],
  ])
})

test('what is written is given with its pass, and what comes to what it was is not given', () => {
  expect(asGiven(changedBy({}))).toEqual({})
  expect(asGiven(changedBy({ 'output/draft/2': editOf({ body: 'Dear Eve' }), 'output/send/1': editOf(1, { isChange: false }) }))).toEqual({
    outputs: [{ step: 'draft', iteration: 2, value: { body: 'Dear Eve' } }],
  })
  expect(asGiven(changedBy({ input: editOf(null) }))).toEqual({ input: null })
  expect(asGiven(changedBy({ input: editOf(1), 'output/send/1': editOf(2) }))).toEqual({ input: 1, outputs: [{ step: 'send', iteration: 1, value: 2 }] })
})

test('nothing is given while something does not fit, or is no JSON yet', () => {
  expect(asGiven(changedBy({ 'output/draft/2': editOf({ body: '' }) }))).toBeUndefined()
  expect(asGiven(changedBy({ 'output/send/1': editOf(1, { written: '{' }) }))).toBeUndefined()
})

test('what is not taken over from here is told', () => {
  expect(leftOut(all, { edits: { 'output/book/1': editOf(1), 'output/gone/1': editOf(1, { isChange: false }) } })).toEqual(['output/book/1'])
})

test('with another definition, what became another step is not taken over', () => {
  const steps = manifest.steps.filter(({ id }) => id !== 'later').map((step) => (step.id === 'send' ? stepOf('send', { kind: 'wait', duration: null }) : step))
  const taken = editablesAt({ ...manifest, steps }, stateOf('input', 'output/draft/1', 'output/send/1', 'output/later/1'), manifest)
  expect(taken.map(({ key }) => key)).toEqual(['input', 'output/draft/1'])
})

test('a refusal stands at the value that it names', () => {
  const failures = [
    { class: 'validation', name: 'Refused', path: 'draft.body', message: 'is rude' },
    { class: 'validation', name: 'Refused', path: 'input.to', message: 'is nobody' },
  ] as const
  const found = all.map((each) => refusalsAt(each, failures).map(({ path }) => path.join('.')))
  expect(found).toEqual([['to'], ['body'], ['body'], []])
})

test('the reason that stands there names what is edited', () => {
  expect(usualReason(3, changedBy({}), 'pinned')).toBe('Once more from checkpoint 3')
  expect(usualReason(0, changedBy({}), 'pinned')).toBe('The whole run once more')
  expect(usualReason(0, changedBy({ input: editOf(1) }), 'pinned')).toBe('With another input')
  expect(usualReason(3, changedBy({ 'output/draft/1': editOf(1), 'output/send/1': editOf(1) }), 'pinned')).toBe('With draft and send edited')
  expect(usualReason(3, changedBy({}), 'present')).toBe('With the definition as it is now')
  expect(usualReason(3, changedBy({ input: editOf(1), 'output/send/1': editOf(1) }), 'present')).toBe('With another input, and with send edited, and with the definition as it is now')
})
