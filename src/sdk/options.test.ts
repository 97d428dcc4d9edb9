/** What options and handlers may be, as their types say. Checked by tsc; vitest only runs the builder. */
import { expectTypeOf, test } from 'vitest'
import { type HttpAnswer, workflow, z } from './index.ts'

const start = workflow('types', { version: 1, input: z.object({ to: z.string() }) })
const Draft = z.object({
  body: z.string(),
  tone: z.enum(['warm', 'cool']),
  parts: z.array(z.object({ title: z.string() })),
})
const draft = start
  .step('route', () => 'legal')
  .step('draft', { needs: ['route'], output: Draft }, () => ({ body: '', tone: 'warm', parts: [] }))

test('input and context are what their schemas make of them', () => {
  workflow('types', {
    version: 1,
    input: z.object({ count: z.string().transform(Number), lang: z.string().default('en') }),
    context: z.object({ tenant: z.string(), region: z.string().default('eu') }),
    enrich: (given) => ({ tenant: 'none', ...given }),
  }).step('read', ({ input, context }) => {
    expectTypeOf(input).toEqualTypeOf<{ count: number; lang: string }>()
    expectTypeOf(context).toEqualTypeOf<{ tenant: string; region: string }>()
  })
  start.step('read', ({ context }) => expectTypeOf(context).toEqualTypeOf<Record<string, unknown>>() && null)
})

test('input, context and output are JSON', () => {
  // @ts-expect-error: a Date cannot be stored
  workflow('types', { version: 1, input: z.object({ at: z.date() }) })
  // @ts-expect-error: a Map cannot be stored
  workflow('types', { version: 1, input: z.object({}), context: z.map(z.string(), z.string()) })
  // @ts-expect-error: a bigint cannot be stored
  start.step('big', { output: z.object({ n: z.bigint() }) }, () => ({ n: 1n }))
  // @ts-expect-error: a Date would come back as text
  start.step('date', () => ({ at: new Date() }))
  // @ts-expect-error: a function is no JSON
  start.step('function', { timeout: '1s' }, async () => ({ nested: [{ call: () => 1 }] }))
  interface Report {
    readonly lines: readonly string[]
    readonly note?: string
  }
  const report: Report = { lines: [] }
  start.step('fine', () => report)
  start.step('nothing', () => {})
})

test('a handler returns what the output schema takes, and others read what it makes of it', () => {
  const Count = z.object({ n: z.string().transform(Number), kind: z.enum(['a', 'b']).default('a') })
  start
    .step('count', { output: Count }, async () => ({ n: '4', kind: 'b' }))
    .step('read', { needs: ['count'] }, ({ outputs }) => {
      expectTypeOf(outputs.count).toEqualTypeOf<{ n: number; kind: 'a' | 'b' }>()
    })
  // @ts-expect-error: n is a string
  start.step('count', { output: z.object({ n: z.string() }) }, () => ({ n: 4 }))
  // @ts-expect-error: c is no kind
  start.step('count', { output: z.object({ kind: z.enum(['a', 'b']) }) }, async () => ({ kind: 'c' }))
})

test('an id is used once, and needs stand above', () => {
  // @ts-expect-error: there is a step draft already
  draft.step('draft', () => 1)
  // @ts-expect-error: nothing is called later
  draft.step('early', { needs: ['later'] }, () => 1)
  // @ts-expect-error: a step cannot need itself
  draft.step('self', { needs: ['self'] }, () => 1)
})

test('next goes back to the step or to one before it, and choose answers one of those', () => {
  draft
    .step('aside', () => 1)
    .step(
      'review',
      {
        needs: ['draft'],
        output: z.object({ score: z.number() }),
        next: {
          to: ['draft', 'route', 'review'],
          max: 3,
          choose: ({ output, outputs, iteration }) => {
            expectTypeOf(output).toEqualTypeOf<{ score: number }>()
            expectTypeOf(outputs.route).toEqualTypeOf<string>()
            expectTypeOf(iteration).toEqualTypeOf<number>()
            return output.score < 80 ? 'draft' : undefined
          },
        },
      },
      () => ({ score: 1 }),
    )
    // @ts-expect-error: aside is not before the step
    .step('wrong', { needs: ['draft'], next: { to: ['aside'], max: 1, choose: () => undefined } }, () => 1)
  // @ts-expect-error: choose answers a step that `to` does not name
  draft.step('wrong', { needs: ['draft'], next: { to: ['draft'], max: 1, choose: () => 'route' } }, () => 1)
})

test('a check answers the output of what happened', () => {
  const paid = { needs: ['draft'], output: z.object({ receipt: z.number() }), effect: { repeat: 'unsafe' } } as const
  draft.step('pay', {
    ...paid,
    check: ({ idempotencyKey, outputs }) => {
      expectTypeOf(idempotencyKey).toEqualTypeOf<string>()
      expectTypeOf(outputs.route).toEqualTypeOf<string>()
      return idempotencyKey === '' ? { happened: 'unknown', note: 'closed' } : { happened: true, output: { receipt: 1 } }
    },
  }, () => ({ receipt: 1 }))
  draft.step('pay', { ...paid, check: () => ({ happened: false }) }, () => ({ receipt: 1 }))
  // @ts-expect-error: what happened comes with its output
  draft.step('pay', { ...paid, check: () => ({ happened: true }) }, () => ({ receipt: 1 }))
  // @ts-expect-error: a receipt is a number
  draft.step('pay', { ...paid, check: () => ({ happened: true, output: { receipt: 'one' } }) }, () => ({ receipt: 1 }))
})

test('an approval edits a path that is there, and its answer is one of its actions', () => {
  const ask = { primary: 'send', secondary: ['revise', 'reject'] } as const
  draft.approval('ask', {
    needs: ['draft'],
    actions: ask,
    edits: 'draft.body',
    shows: ({ outputs }) => outputs.draft.body,
    next: {
      to: ['draft'],
      max: 2,
      choose: ({ action, note, by }) => {
        expectTypeOf(action).toEqualTypeOf<'send' | 'revise' | 'reject'>()
        expectTypeOf(note).toEqualTypeOf<string | null>()
        expectTypeOf(by).toEqualTypeOf<string>()
        return action === 'revise' ? 'draft' : undefined
      },
    },
  })
  draft.approval('ask', { needs: ['draft'], actions: ask, edits: 'draft' })
  draft.approval('ask', { needs: ['draft'], actions: ask, edits: 'draft.parts.0.title' })
  // @ts-expect-error: the draft has no subject
  draft.approval('ask', { needs: ['draft'], actions: ask, edits: 'draft.subject' })
  // @ts-expect-error: the draft is not before the step
  draft.approval('ask', { needs: ['route'], actions: ask, edits: 'draft.body' })
})

test('compensate knows the output that it undoes', () => {
  draft
    .step(
      'pay',
      {
        output: z.object({ receipt: z.string() }),
        effect: { repeat: 'safe' },
        compensate: ({ output }) => expectTypeOf(output).toEqualTypeOf<{ receipt: string }>(),
      },
      () => ({ receipt: 'r' }),
    )
    .email(
      'send',
      {
        needs: ['pay'],
        compensate: {
          retry: { attempts: 9 },
          timeout: '10s',
          run: ({ output, idempotencyKey }) => {
            expectTypeOf(output.accepted).toEqualTypeOf<readonly string[]>()
            expectTypeOf(idempotencyKey).toEqualTypeOf<string>()
          },
        },
      },
      ({ outputs }) => ({ to: 'a@b.example', subject: outputs.pay.receipt, text: '' }),
    )
})

test('durations are spelled with a unit', () => {
  start.wait('pause', { for: () => '1.5s' })
  // @ts-expect-error: a number has no unit
  start.wait('pause', { for: 10 })
  // @ts-expect-error: w is no unit
  start.step('work', { timeout: '3w' }, () => 1)
  start.step('work', { heartbeat: '30s' }, ({ heartbeat }) => heartbeat({ page: 1 }))
  // @ts-expect-error: nothing of an e-mail could call it
  start.email('work', { heartbeat: '30s' }, () => ({ to: 'a@b.c', subject: 's', text: 't' }))
})

test('a request knows what it reads, and later steps know what is answered', () => {
  const Order = z.object({ id: z.string(), lines: z.array(z.object({ cents: z.int() })) })
  draft
    .http(
      'order',
      {
        needs: ['draft'],
        method: 'POST',
        answer: Order,
        statuses: { 409: 'completes', '5xx': 'permanent' },
        compensate: ({ output, idempotencyKey }) => {
          expectTypeOf(output.body.lines).toEqualTypeOf<{ cents: number }[]>()
          expectTypeOf(idempotencyKey).toEqualTypeOf<string>()
        },
        next: {
          to: ['draft'],
          max: 1,
          choose: ({ output }) => {
            expectTypeOf(output.body.id).toEqualTypeOf<string>()
            expectTypeOf(output.headers).toEqualTypeOf<Readonly<Record<string, string>>>()
            return output.status === 409 ? 'draft' : undefined
          },
        },
      },
      ({ outputs, iterations }) => {
        expectTypeOf(iterations['order']?.[0]?.body).toEqualTypeOf<{ id: string; lines: { cents: number }[] } | undefined>()
        return { url: new URL('https://example.org/orders'), json: { text: outputs.draft.body } }
      },
    )
    .http('page', { needs: ['order'], answer: 'text' }, ({ outputs }) => {
      expectTypeOf(outputs.order.body.id).toEqualTypeOf<string>()
      return { url: `https://example.org/orders/${outputs.order.body.id}` }
    })
    .http('open', { needs: ['page'], optional: true }, () => ({ url: '' }))
    .step('end', { needs: ['open'] }, ({ outputs }) => {
      expectTypeOf(outputs.page.body).toEqualTypeOf<string>()
      expectTypeOf(outputs.open?.body).toEqualTypeOf<unknown>()
      expectTypeOf(outputs.open).toEqualTypeOf<HttpAnswer | undefined>()
    })
  // @ts-expect-error: a Date does not survive JSON
  start.http('when', { answer: z.object({ at: z.date() }) }, () => ({ url: '' }))
  // @ts-expect-error: there is no such method
  start.http('how', { method: 'FETCH' }, () => ({ url: '' }))
  // @ts-expect-error: a request has an address
  start.http('where', {}, () => ({ json: 1 }))
})
