import { describe, expect, it } from 'vitest'
import type { Question, StateValue } from '../../engine/ports.ts'
import { StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import { TestExecution } from './execution.fixture.ts'

function value(key: string, held: Json, more: Partial<StateValue> = {}): StateValue {
  const [, id] = key.split('/')
  const step = id === undefined ? null : StepId.parse(id)
  return { key, step, via: null, speaker: step, isLatest: true, value: held, stays: true, fits: true, isEdited: false, ...more }
}

const given = [
  value('input', { to: 'ada' }),
  value('context', {}),
  value('output/draft/1', { body: 'One' }, { isLatest: false }),
  value('output/draft/2', { body: 'Two' }),
  value('output/old/1', { note: 'kept' }, { stays: false }),
]
const migrate = (from: number, values: readonly StateValue[] = given): Question => ({ type: 'migrate', from, values })

const steps = `
  { id: 'draft', kind: 'code', handler: () => 1, options: { output: z.object({ body: z.string(), tone: z.string().transform((tone) => tone + '!') }) } },
  { id: 'send', kind: 'code', handler: () => 1, options: {} }`

const toTwo = `({ input, context, outputs, iterations }) => ({
  input: { to: [input.to] },
  context: { ...context, note: outputs.old.note },
  outputs: { ...outputs, draft: { ...outputs.draft, tone: 'calm' } },
  iterations: { draft: iterations.draft.map((each) => ({ ...each, tone: 'brisk' })) },
})`
const more = (migrations: string, rest = ''): { more: string } => ({
  more: `version: 3, input: z.object({ to: z.array(z.string()).min(1) }), migrations: [${migrations}], ${rest}`,
})
const both = `{ from: 2, migrate: (state) => ({ ...state, context: { ...state.context, twice: true } }) }, { from: 1, migrate: ${toTwo} }`

describe('a question how a state goes on with a later version', () => {
  it('is answered with what migrations and schemas made, in the order of versions', async () => {
    await using host = await TestExecution.start(steps, more(both))
    expect(await host.ask(migrate(1))).toEqual({
      type: 'migrated',
      changed: [
        { key: 'input', value: { to: ['ada'] } },
        { key: 'context', value: { note: 'kept', twice: true } },
        { key: 'output/draft/1', value: { body: 'One', tone: 'brisk!' } },
        { key: 'output/draft/2', value: { body: 'Two', tone: 'calm!' } },
      ],
    })
  })

  it('leaves alone what no migration changed and fits already, though its schema would make another of it', async () => {
    await using host = await TestExecution.start(steps, more(`{ from: 2, migrate: (state) => ({ ...state, input: { to: ['bob'] } }) }`))
    const done = [...given.slice(0, 2), value('output/draft/1', { body: 'Two', tone: 'calm!' })]
    expect(await host.ask(migrate(2, done))).toEqual({ type: 'migrated', changed: [{ key: 'input', value: { to: ['bob'] } }] })
  })

  it('holds against the schema what does not fit already, also without a migration', async () => {
    await using host = await TestExecution.start(steps, more(''))
    const done = [value('output/draft/1', { body: 'Two', tone: 'calm' }, { fits: false })]
    expect(await host.ask(migrate(3, done))).toEqual({ type: 'migrated', changed: [{ key: 'output/draft/1', value: { body: 'Two', tone: 'calm!' } }] })
    const refused = await host.ask(migrate(3, [value('output/draft/1', { body: 'Two' }, { fits: false })]))
    expect(refused).toMatchObject({ failures: [{ path: 'outputs.draft.tone', wayOut: expect.stringContaining('write .migrate(3, …)') }] })
  })

  it('is refused by what the code of a schema says now, though its shape is the same; what a transform made is not asked again', async () => {
    const strict = `
      { id: 'draft', kind: 'code', handler: () => 1, options: { output: z.object({ body: z.string().refine((body) => body !== 'Two', 'is said twice') }) } },
      { id: 'tone', kind: 'code', handler: () => 1, options: { output: z.object({ of: z.array(z.string().transform((text) => text.length)) }) } }`
    await using host = await TestExecution.start(strict, more(''))
    const kept = [value('output/draft/1', { body: 'Three' }), value('output/tone/1', { of: [3] })]
    expect(await host.ask(migrate(3, kept))).toEqual({ type: 'migrated', changed: [] })
    expect(await host.ask(migrate(3, [value('output/draft/1', { body: 'Two' })]))).toMatchObject({
      type: 'refused',
      failures: [{ path: 'outputs.draft.body', message: 'outputs.draft.body: is said twice' }],
    })
  })

  it('holds nothing against a schema that a person has written another in the place of, and says what it would be', async () => {
    await using host = await TestExecution.start(steps, more(`{ from: 2, migrate: (state) => ({ ...state, input: { to: [] }, outputs: {} }) }`))
    const edited = [value('input', { to: ['ada'] }, { isEdited: true }), value('context', {}), value('output/draft/1', { body: 'One' }, { isEdited: true })]
    expect(await host.ask(migrate(2, edited))).toEqual({ type: 'migrated', changed: [{ key: 'input', value: { to: [] } }] })
  })

  it('holds what a fallback made against the schema of that; where it stands in no more, against that of the step, and says so', async () => {
    const send = `{ id: 'send', kind: 'code', handler: () => 1, options: { output: z.object({ sent: z.boolean() }), fallback: 'later' } }`
    const later = `{ id: 'later', kind: 'code', handler: () => 1, options: { onlyAsFallback: true, output: z.object({ queued: z.string() }) } }`
    await using host = await TestExecution.start(`${send}, ${later}`, more(''))
    const via = StepId.parse('later')
    const standsIn = value('output/send/1', { queued: 'tomorrow' }, { via, speaker: via })
    expect(await host.ask(migrate(3, [standsIn]))).toEqual({ type: 'migrated', changed: [] })
    const wrong = value('output/send/1', { queued: 1 }, { via, speaker: via })
    expect(await host.ask(migrate(3, [wrong]))).toMatchObject({ failures: [{ path: 'outputs.send.queued', wayOut: expect.stringMatching(/^raise the version/) }] })
    const lost = value('output/send/1', { queued: 'tomorrow' }, { via })
    expect(await host.ask(migrate(3, [lost]))).toMatchObject({
      failures: [{ path: 'outputs.send.sent', wayOut: expect.stringMatching(/^later made it, which stands in for send no more: raise the version/) }],
    })
    expect(await host.ask(migrate(3, [value('output/send/1', { sent: false }, { via })]))).toEqual({ type: 'migrated', changed: [] })
  })

  it('may write into what it is given', async () => {
    await using host = await TestExecution.start(steps, more(`{ from: 2, migrate: (state) => { state.input.to = ['bob']; return state } }`))
    expect(await host.ask(migrate(2, given.slice(0, 2)))).toEqual({ type: 'migrated', changed: [{ key: 'input', value: { to: ['bob'] } }] })
  })

  it.each([
    ['what it gives does not do, by path', `(state) => ({ ...state, input: { to: [] } })`, { class: 'validation', path: 'input.to' }],
    ['it throws', `() => { throw new Error('no idea') }`, { path: 'migrate(2)', message: 'the migration from version 2 threw: no idea' }],
    ['it answers nothing', `() => undefined`, { path: 'input', message: 'the migration from version 2 answered no input' }],
    ['it leaves a part out', `({ iterations, ...state }) => state`, { path: 'iterations' }],
    ['a part is no object', `(state) => ({ ...state, outputs: [] })`, { path: 'outputs' }],
    ['it answers what is no JSON', `(state) => ({ ...state, context: { at: new Map() } })`, { path: 'context.at' }],
    ['it loses an output', `(state) => ({ ...state, outputs: {} })`, { path: 'outputs.draft' }],
    ['it loses an earlier output', `(state) => ({ ...state, iterations: {} })`, { path: 'iterations.draft.0' }],
    ['it writes an output that there is none of', `(state) => ({ ...state, outputs: { ...state.outputs, send: 1 } })`, { path: 'outputs.send' }],
    ['it writes an iteration more', `(state) => ({ ...state, iterations: { draft: [...state.iterations.draft, 1] } })`, { path: 'iterations.draft.1' }],
    ['it never answers', `() => never`, { class: 'timeout', wayOut: 'look at what the migrations wait for, and try again' }],
    ['it never gives back the processor', `() => { for (;;); }`, { class: 'timeout' }],
    ['it ends its process', `() => process.exit(3)`, { class: 'crash' }],
  ])('is refused where %s', async (_, migration, failure) => {
    const limits = 'class' in failure && failure.class === 'timeout' ? { question: 1_500, unresponsive: 30_000 } : {}
    await using host = await TestExecution.start(steps, { ...more(`{ from: 2, migrate: ${migration} }`), limits })
    const refused = await host.ask(migrate(2))
    expect(refused).toMatchObject({ type: 'refused', failures: expect.arrayContaining([expect.objectContaining(failure)]) })
  })
})
