import { describe, expect, it } from 'vitest'
import type { Question } from '../../engine/ports.ts'
import type { Json } from '../../model/json.ts'
import { StepId } from '../../model/ids.ts'
import { TestExecution } from './execution.fixture.ts'

const begin = (input: Json, context: Json = {}): Question => ({ type: 'begin', input, context })

const draft = { subject: 'Hi', body: 'One', sections: [{ title: 'A' }, { title: 'B' }] }

function settle(step: string, action: string, edit: Json | null = null, of: Json = draft, speaker = 'draft'): Question {
  const view = { input: { n: 2 }, context: {}, outputs: { draft: of }, iterations: {} }
  const answer = { action, note: 'well', by: { kind: 'person' as const, name: 'Ada' }, edit }
  return { type: 'settle', step: StepId.parse(step), iteration: 1, view, answer, speaker: StepId.parse(speaker) }
}

describe('a question before a run begins', () => {
  const more = `
    input: z.object({ recipient: z.object({ address: z.email() }), copies: z.number().int().default(1) }),
    context: z.object({ tenant: z.string() }),
    enrich: async (given) => ({ tenant: 'default', ...given })`

  it('is answered with what the schemas and enrich made', async () => {
    await using host = await TestExecution.start('', { more })
    const input = { recipient: { address: 'ada@example.org' } }
    expect(await host.ask(begin(input, { tenant: 'x', more: 1 }))).toEqual({
      type: 'began',
      input: { ...input, copies: 1 },
      context: { tenant: 'x' },
    })
    expect(await host.ask(begin(input))).toMatchObject({ context: { tenant: 'default' } })
  })

  it('is refused with everything that is wrong, by path', async () => {
    await using host = await TestExecution.start('', { more })
    const refused = await host.ask(begin({ recipient: { address: 'nobody' }, copies: 1.5 }))
    expect(refused).toMatchObject({
      type: 'refused',
      failures: [
        { class: 'validation', path: 'input.recipient.address', wayOut: expect.stringContaining('input') },
        { class: 'validation', path: 'input.copies' },
      ],
    })
    expect(await host.ask(begin({ recipient: {} }))).toMatchObject({ failures: [{ path: 'input.recipient.address' }] })
    expect(await host.ask(begin({ recipient: { address: 'a@b.org' } }, { tenant: 5 }))).toMatchObject({
      type: 'refused',
      failures: [{ class: 'validation', path: 'context.tenant' }],
    })
  })

  it.each([
    ['throws', `() => { throw new Error('no tenant service') }`, { class: 'transient', message: 'no tenant service' }],
    ['answers what is no JSON', `() => ({ at: new Map() })`, { class: 'validation', path: 'context.at' }],
    ['never answers', `() => never`, { class: 'timeout', name: 'QuestionTimeout' }],
    ['never gives back the processor', `() => { for (;;); }`, { class: 'timeout', name: 'QuestionTimeout' }],
    ['ends its process', `() => process.exit(3)`, { class: 'crash' }],
  ])('is refused where enrich %s', async (_, enrich, failure) => {
    const limits = failure.class === 'timeout' ? { question: 1_500, unresponsive: 30_000 } : {}
    await using host = await TestExecution.start('', { more: `enrich: ${enrich}`, limits })
    expect(await host.ask(begin({}))).toMatchObject({ type: 'refused', failures: [failure] })
  })

  it('is asked again, alone, where another took its process down', async () => {
    await using host = await TestExecution.start(
      `{ id: 'bomb', kind: 'code', options: {}, handler: async ({ log }) => { log.info('lit'); await delay(50); process.exit(1) } }`,
      { more: `enrich: async () => { await delay(150); return {} }`, limits: { processes: 1 } },
    )
    const bomb = host.start('bomb')
    await host.logged('lit')
    expect(await host.ask(begin(null))).toMatchObject({ type: 'began' })
    expect(await bomb.result).toMatchObject({ type: 'cut_off', own: true })
  })

  it('rejects once executors are closed', async () => {
    const host = await TestExecution.start('', { more: `enrich: () => never` })
    const asked = host.ask(begin({}))
    const outcome = expect(asked).rejects.toMatchObject({ name: 'Unavailable' })
    await host[Symbol.asyncDispose]()
    await outcome
    await expect(host.ask(begin({}))).rejects.toMatchObject({ name: 'Unavailable' })
  })
})

describe('a question after a person has decided', () => {
  const steps = `
    { id: 'draft', kind: 'code', handler: () => 1, options: { output: z.object({
      subject: z.string(), body: z.string().min(2), sections: z.array(z.object({ title: z.string() })), footer: z.string().optional() }) } },
    { id: 'approve', kind: 'approval', options: { edits: 'draft.body', actions: { primary: 'approve' }, next: { to: ['draft'], max: 3,
      choose: ({ action, note, by, outputs, iteration }) => action === 'revise' && note === 'well' && by === 'Ada' && iteration === 1 ? 'draft' : undefined } } },
    { id: 'whole', kind: 'approval', options: { edits: 'draft', actions: { primary: 'ok' }, next: { to: ['draft'], max: 3,
      choose: ({ outputs }) => outputs.draft.subject === 'Edited' ? 'draft' : undefined } } },
    { id: 'title', kind: 'approval', options: { edits: 'draft.sections.1.title', actions: { primary: 'ok' } } },
    { id: 'footer', kind: 'approval', options: { edits: 'draft.footer', actions: { primary: 'ok' } } },
    { id: 'lost', kind: 'approval', options: { edits: 'draft.sections.2.title', actions: { primary: 'ok' } } },
    { id: 'plain', kind: 'approval', options: { actions: { primary: 'ok' } } }`

  it('is answered with output, edit and way', async () => {
    await using host = await TestExecution.start(steps)
    const output = (action: string) => ({ action, note: 'well', by: 'Ada' })
    expect(await host.ask(settle('approve', 'approve'))).toEqual({ type: 'settled', output: output('approve'), next: null, edited: null })
    expect(await host.ask(settle('approve', 'revise'))).toMatchObject({ output: output('revise'), next: 'draft' })
    expect(await host.ask(settle('approve', 'approve', 'Two'))).toMatchObject({ edited: { ...draft, body: 'Two' } })
    const whole = { ...draft, subject: 'Edited' }
    expect(await host.ask(settle('whole', 'ok', whole))).toMatchObject({ edited: whole, next: 'draft' })
    expect(await host.ask(settle('title', 'ok', 'C'))).toMatchObject({ edited: { ...draft, sections: [{ title: 'A' }, { title: 'C' }] } })
    expect(await host.ask(settle('footer', 'ok', 'Bye'))).toMatchObject({ edited: { ...draft, footer: 'Bye' } })
  })

  it('is refused where the edit does not do', async () => {
    await using host = await TestExecution.start(steps)
    const refusal = (path: string) => ({ type: 'refused', failures: [{ class: 'validation', path }] })
    expect(await host.ask(settle('approve', 'approve', 'x'))).toMatchObject(refusal('draft.body'))
    expect(await host.ask(settle('whole', 'ok', 5))).toMatchObject(refusal('draft'))
    for (const step of ['lost', 'plain', 'draft', 'nowhere']) {
      expect(await host.ask(settle(step, 'ok', 'x')), step).toMatchObject({ type: 'refused', failures: [{ class: 'permanent' }] })
    }
  })
})

describe('an edit of what a schema has made, which would make another of it again', () => {
  const making = `z.object({
    body: z.string().min(2).transform((text) => text + '.'), sig: z.string().transform((text) => text + '!'), tags: z.string().transform((text) => text.split(',')),
    lines: z.array(z.object({ title: z.string().transform((text) => text + '?'), size: z.number() })), note: z.string().optional() })`
  const shaped = `z.discriminatedUnion('kind', [z.object({ kind: z.literal('mail'), body: z.string().transform((text) => text + '.'), to: z.number() }),
    z.object({ kind: z.literal('none') })]).transform((made) => ({ ...made, words: 2 }))`
  const ranged = `z.object({ from: z.number(), to: z.number(), unit: z.string().transform((text) => text + 's') }).refine(({ from, to }) => from < to, { error: 'ends before it begins', path: ['from'] })`
  const approval = (id: string): string => `{ id: 'on_${id.replaceAll('.', '_')}', kind: 'approval', options: { edits: '${id}', actions: { primary: 'ok' } } }`
  const steps = (schema: string): string => `
    { id: 'draft', kind: 'code', handler: () => 1, options: { output: ${schema}, fallback: 'plain' } },
    { id: 'plain', kind: 'code', handler: () => 1, options: { onlyAsFallback: true, output: z.object({ body: z.string(), tone: z.string() }) } },
    ${['draft', 'draft.body', 'draft.tags', 'draft.tags.1', 'draft.lines', 'draft.lines.0', 'draft.lines.1.title', 'draft.note', 'draft.to'].map(approval).join(',')}`
  const made = { body: 'One.', sig: 'bye!', tags: ['a', 'b'], lines: [{ title: 'A?', size: 1 }, { title: 'B?', size: 2 }] }
  const edited = (value: unknown): unknown => ({ type: 'settled', output: expect.anything(), next: null, edited: value })

  it('is held against it and made by it where it was edited, and nowhere else', async () => {
    await using host = await TestExecution.start(steps(making))
    const edit = (id: string, value: Json) => host.ask(settle(`on_${id.replaceAll('.', '_')}`, 'ok', value, made))
    const lines = (...titles: string[]) => ({ ...made, lines: titles.map((title, index) => ({ title, size: index + 1 })) })
    expect(await edit('draft.body', 'Two')).toEqual(edited({ ...made, body: 'Two.' }))
    expect(await edit('draft.body', 'One.')).toEqual(edited(made))
    expect(await edit('draft.body', 'x')).toMatchObject({ type: 'refused', failures: [{ path: 'draft.body' }] })
    expect(await edit('draft.tags', 'c,d')).toEqual(edited({ ...made, tags: ['c', 'd'] }))
    expect(await edit('draft.tags', ['c'])).toMatchObject({ type: 'refused', failures: [{ path: 'draft.tags' }] })
    expect(await edit('draft.tags.1', 'c')).toMatchObject({ type: 'refused', failures: [{ path: 'draft.tags' }] })
    expect(await edit('draft.lines.1.title', 'C')).toEqual(edited(lines('A?', 'C?')))
    expect(await edit('draft.lines.0', { title: 'C', size: 1 })).toEqual(edited(lines('C?', 'B?')))
    expect(await edit('draft.note', 'new')).toEqual(edited({ ...made, note: 'new' }))
    expect(await edit('draft', { ...made, body: 'Two', lines: [...made.lines, { title: 'C', size: 3 }] })).toEqual(edited({ ...lines('A?', 'B?', 'C?'), body: 'Two.' }))
    expect(await edit('draft', { body: 'Two', sig: 'ciao', tags: 'c', lines: [{ title: 'C', size: 1 }] })).toEqual(edited({ body: 'Two.', sig: 'ciao!', tags: ['c'], lines: [{ title: 'C?', size: 1 }] }))
    expect(await edit('draft', { ...made, sig: 5, body: 'x' })).toMatchObject({ failures: [{ path: 'draft.body' }, { path: 'draft.sig' }] })
    expect(await edit('draft', { ...made, more: 1 })).toEqual(edited(made))
    const { tags, ...untagged } = made
    expect(await edit('draft', untagged), tags.join()).toMatchObject({ type: 'refused', failures: [{ path: 'draft.tags' }] })
  })

  it.each<[string, Json, Json]>([
    ['the first of a list goes', [{ title: 'B?', size: 2 }], [{ title: 'B?', size: 2 }]],
    ['the last of a list goes', [{ title: 'A?', size: 1 }], [{ title: 'A?', size: 1 }]],
    ['two are in another order', made.lines.toReversed(), made.lines.toReversed()],
    ['one is put first', [{ title: 'C', size: 3 }, ...made.lines], [{ title: 'C?', size: 3 }, ...made.lines]],
    ['one is put between', [{ title: 'A?', size: 1 }, { title: 'C', size: 3 }, { title: 'B?', size: 2 }], [{ title: 'A?', size: 1 }, { title: 'C?', size: 3 }, { title: 'B?', size: 2 }]],
  ])('where %s', async (_, given, lines) => {
    await using host = await TestExecution.start(steps(making))
    expect(await host.ask(settle('on_draft_lines', 'ok', given, made))).toEqual(edited({ ...made, lines }))
  })

  it('where the whole is a union, or is made another', async () => {
    await using host = await TestExecution.start(steps(shaped))
    const mail = { kind: 'mail', body: 'One.', to: 1, words: 2 }
    expect(await host.ask(settle('on_draft_body', 'ok', 'Two', mail))).toEqual(edited({ ...mail, body: 'Two.' }))
    expect(await host.ask(settle('on_draft_body', 'ok', 5, mail))).toMatchObject({ type: 'refused', failures: [{ path: 'draft.body' }] })
    const other = { kind: 'none', body: 'One.', words: 2 }
    expect(await host.ask(settle('on_draft', 'ok', { ...other, kind: 'mail' }, other))).toMatchObject({ type: 'refused', failures: [{ path: 'draft.to' }] })
  })

  it('where something is said of the whole: that counts, wherever it is said', async () => {
    await using host = await TestExecution.start(steps(ranged))
    expect(await host.ask(settle('on_draft_to', 'ok', 3, { from: 1, to: 2, unit: 'days' }))).toEqual(edited({ from: 1, to: 3, unit: 'days' }))
    expect(await host.ask(settle('on_draft_to', 'ok', 0, { from: 1, to: 2, unit: 'days' }))).toMatchObject({ failures: [{ path: 'draft.from', message: 'draft.from: ends before it begins' }] })
  })

  it.each<[string, string, string, Json, Json]>([
    ['a union', "z.union([z.object({ to: z.number().max(9), tags }), z.object({ to: z.string(), tags })])", 'draft', 1, 3],
    ['a refinement', "z.object({ to: z.number(), tags }).refine(({ to }) => to < 9)", 'draft.tags', 1, 3],
    ['the bound of a list', 'z.object({ to: z.array(z.string().transform(Number)).max(3), tags })', 'draft.to.0', [1], [1, '2']],
  ])('where %s is kept from being asked by what was made of another part, nothing is taken', async (_, schema, path, to, given) => {
    await using host = await TestExecution.start(steps(schema.replaceAll('tags', "tags: z.string().transform((text) => text.split(','))")))
    expect(await host.ask(settle('on_draft_to', 'ok', given, { to, tags: ['a'] }))).toMatchObject({ type: 'refused', failures: expect.arrayContaining([expect.objectContaining({ path })]) })
  })

  it('by the schema of the fallback that made it', async () => {
    await using host = await TestExecution.start(steps(making))
    const plain = { body: 'One', tone: 'calm' }
    expect(await host.ask(settle('on_draft_body', 'ok', 'x', plain, 'plain'))).toEqual(edited({ body: 'x', tone: 'calm' }))
    expect(await host.ask(settle('on_draft_body', 'ok', 5, plain, 'plain'))).toMatchObject({ failures: [{ path: 'draft.body', wayOut: expect.stringContaining('step plain says') }] })
  })
})

describe('a question about a value that a person gives', () => {
  const steps = `
    { id: 'draft', kind: 'code', options: { output: z.object({ body: z.string().min(2), pages: z.number().default(1) }) }, handler: () => 1 },
    { id: 'plain', kind: 'code', options: {}, handler: () => 1 }`
  const vouch = (step: string | null, output: Json, before: Json = null): Question => ({ type: 'vouch', step: step === null ? null : StepId.parse(step), output, before })

  it('is answered with what the schema of the step makes of it, or as it is', async () => {
    await using host = await TestExecution.start(steps)
    expect(await host.ask(vouch('draft', { body: 'Two' }))).toEqual({ type: 'vouched', output: { body: 'Two', pages: 1 } })
    expect(await host.ask(vouch('plain', ['any', null]))).toEqual({ type: 'vouched', output: ['any', null] })
  })

  it('is refused where it does not fit', async () => {
    await using host = await TestExecution.start(steps)
    const refusal = { type: 'refused', failures: [{ class: 'validation', path: 'draft.body' }] }
    expect(await host.ask(vouch('draft', { body: 'x' }))).toMatchObject(refusal)
    expect(await host.ask(vouch('nowhere', 1))).toMatchObject({ type: 'refused' })
  })
})

describe('a question about a value that a person writes anew for a replay', () => {
  const vouch = (step: string | null, output: Json, before: Json): Question => ({ type: 'vouch', step: step === null ? null : StepId.parse(step), output, before })
  const file = `z.object({ path: z.string().transform((path) => '/base' + path), depth: z.number().default(1), lines: z.string().transform((text) => text.split(',')) })`
  const steps = `{ id: 'read', kind: 'code', options: { output: ${file} }, handler: () => 1 }`
  const before = { path: '/base/x', depth: 1, lines: ['a', 'b'] }

  it.each([['the input', null], ['an output', 'read']] as const)('takes of %s what was edited, and leaves the rest as it is', async (_, step) => {
    const name = step ?? 'input'
    await using host = await TestExecution.start(steps, { more: `input: ${file}, context: z.object({ never: z.string() })` })
    expect(await host.ask(vouch(step, { ...before, depth: 2 }, before))).toEqual({ type: 'vouched', output: { ...before, depth: 2 } })
    expect(await host.ask(vouch(step, { ...before, path: '/y' }, before))).toEqual({ type: 'vouched', output: { ...before, path: '/base/y' } })
    expect(await host.ask(vouch(step, { path: '/base/x', lines: 'c' }, before))).toEqual({ type: 'vouched', output: { path: '/base/x', depth: 1, lines: ['c'] } })
    expect(await host.ask(vouch(step, { ...before, depth: '2' }, before))).toMatchObject({ type: 'refused', failures: [{ path: `${name}.depth` }] })
    expect(await host.ask(vouch(step, before, null))).toMatchObject({ type: 'refused', failures: [{ path: `${name}.lines` }] })
    expect(await host.ask(vouch(step, { path: '/y', lines: 'c' }, null))).toEqual({ type: 'vouched', output: { path: '/base/y', depth: 1, lines: ['c'] } })
    expect(await host.ask(vouch(step, JSON.parse('{"path":"/y","__proto__":1}'), before))).toMatchObject({ type: 'refused', failures: [{ path: `${name}.__proto__` }] })
  })
})

describe('a question whom an e-mail would go to', () => {
  const steps = `
    { id: 'send', kind: 'email', options: {}, message: ({ input }) => ({ to: 'Ada <ada@example.org>', bcc: ['eve@example.org', 'ada@example.org'], subject: 'S' + input.n, text: '' }) },
    { id: 'wrong', kind: 'email', options: {}, message: () => ({ to: 'nobody', subject: 'S', text: '' }) },
    { id: 'early', kind: 'email', options: {}, message: ({ outputs }) => ({ to: outputs.missing.to, subject: 'S', text: '' }) },
    { id: 'plain', kind: 'code', options: {}, handler: () => 1 }`
  const address = (step: string): Question => {
    const view = { input: { n: 2 }, context: {}, outputs: {}, iterations: {} }
    return { type: 'address', step: StepId.parse(step), view }
  }

  it('is answered with everyone, hidden recipients too', async () => {
    await using host = await TestExecution.start(steps)
    expect(await host.ask(address('send'))).toEqual({ type: 'addressed', recipients: ['ada@example.org', 'eve@example.org'] })
  })

  it.each(['wrong', 'early', 'plain', 'nowhere'])('is refused where there is no message to read: %s', async (step) => {
    await using host = await TestExecution.start(steps)
    expect(await host.ask(address(step))).toMatchObject({ type: 'refused', failures: [{}] })
  })
})
