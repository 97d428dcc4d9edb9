/** What a step can read of the outputs before it, as its types say. Checked by tsc; vitest only runs the builder. */
import { expectTypeOf, test } from 'vitest'
import { workflow, z } from './index.ts'

const start = workflow('types', { version: 1, input: z.object({ to: z.string() }) })
const number = () => 1

test('a sibling two levels down knows what its needs need', () => {
  start
    .step('route', async ({ input }) => ({ team: input.to.length }))
    .step('draft', { needs: ['route'] }, ({ outputs }) => ({ body: 'text', team: outputs.route.team }))
    .step('style', { needs: ['draft'] }, ({ outputs }) => {
      expectTypeOf(outputs).toEqualTypeOf<{
        readonly route: { team: number }
        readonly draft: { body: string; team: number }
      }>()
      return { score: 1 }
    })
    .step('grammar', { needs: ['draft'] }, number)
    .step('final', { needs: ['style', 'grammar'] }, ({ outputs }) => {
      expectTypeOf(outputs.style.score).toEqualTypeOf<number>()
      expectTypeOf(outputs.route.team).toEqualTypeOf<number>()
      expectTypeOf(outputs).toHaveProperty('grammar')
    })
})

test('only what is needed, at any depth, can be read', () => {
  start
    .step('one', number)
    .step('two', number)
    .step('three', { needs: ['two'] }, ({ outputs }) => {
      expectTypeOf(outputs).toEqualTypeOf<{ readonly two: number }>()
    })
    .step('four', ({ outputs }) => {
      expectTypeOf<keyof typeof outputs>().toEqualTypeOf<never>()
    })
})

test('an optional need may be undefined, what it needs is not', () => {
  start
    .step('base', number)
    .step('extra', { needs: ['base'], optional: true }, number)
    .step('plain', { needs: ['base'], optional: false }, number)
    .step('end', { needs: ['extra', 'plain'] }, ({ outputs }) => {
      expectTypeOf(outputs).toEqualTypeOf<{
        readonly base: number
        readonly extra: number | undefined
        readonly plain: number
      }>()
    })
})

test("under join 'all' a conditional need was not left out, and neither was what it needs", () => {
  start
    .step('base', number)
    .step('maybe', { needs: ['base'], when: ({ outputs }) => outputs.base > 0 }, number)
    .step('after', { needs: ['maybe'] }, number)
    .step('end', { needs: ['after'] }, ({ outputs }) => {
      expectTypeOf(outputs).toEqualTypeOf<{ readonly base: number; readonly maybe: number; readonly after: number }>()
    })
})

test("under join 'settled' a conditional need may be undefined, and so may those that are left out with it", () => {
  start
    .step('base', number)
    .step('maybe', { needs: ['base'], when: async () => true }, number)
    .step('after', { needs: ['maybe'] }, number)
    .step('end', { needs: ['after'], join: 'settled' }, ({ outputs }) => {
      expectTypeOf(outputs).toEqualTypeOf<{
        readonly base: number
        readonly maybe: number | undefined
        readonly after: number | undefined
      }>()
    })
    .step('later', { needs: ['end'] }, ({ outputs }) => {
      expectTypeOf(outputs.maybe).toEqualTypeOf<number | undefined>()
      expectTypeOf(outputs.end).toEqualTypeOf<null>()
    })
})

test('a need of both kinds is there where either way says so', () => {
  start
    .step('maybe', { when: () => true }, number)
    .step('settled', { needs: ['maybe'], join: 'settled' }, number)
    .step('only', { needs: ['settled'] }, ({ outputs }) => {
      expectTypeOf(outputs.maybe).toEqualTypeOf<number | undefined>()
    })
    .step('both', { needs: ['settled', 'maybe'] }, ({ outputs }) => {
      expectTypeOf(outputs.maybe).toEqualTypeOf<number>()
    })
})

test('a mark whose value only shows at run time counts as set', () => {
  const sometimes = Date.now() > 0
  start
    .step('extra', { optional: sometimes }, number)
    .step('end', { needs: ['extra'] }, ({ outputs }) => {
      expectTypeOf(outputs.extra).toEqualTypeOf<number | undefined>()
    })
})

test('an approval that is left out at its deadline is like a condition', () => {
  start
    .approval('ask', { actions: { primary: 'yes', secondary: ['no'] }, deadline: '1h', onDeadline: 'skip' })
    .step('yes', { needs: ['ask'] }, ({ outputs }) => {
      expectTypeOf(outputs.ask.action).toEqualTypeOf<'yes' | 'no'>()
    })
    .step('end', { needs: ['ask'], join: 'settled' }, ({ outputs }) => {
      expectTypeOf(outputs.ask).toEqualTypeOf<
        { readonly action: 'yes' | 'no'; readonly note: string | null; readonly by: string } | undefined
      >()
    })
})

test("a step's output may be its fallback's, which is unknown until it is written down", () => {
  start
    .step('main', { fallback: 'other' }, () => ({ sent: true }))
    .step('early', { needs: ['main'] }, ({ outputs }) => {
      expectTypeOf(outputs.main).toEqualTypeOf<unknown>()
    })
    .step('other', { onlyAsFallback: true }, () => ({ queued: 3 }))
    .step('late', { needs: ['main'] }, ({ outputs }) => {
      expectTypeOf(outputs.main).toEqualTypeOf<{ sent: boolean } | { queued: number }>()
    })
    // @ts-expect-error: the output of a fallback is read from its primary
    .step('wrong', { needs: ['other'] }, number)
})

test('kinds put out what they do', () => {
  start
    .wait('pause', { for: '10m' })
    .email('send', { needs: ['pause'] }, () => ({ to: 'a@b.example', subject: 's', text: 't' }))
    .shell(
      'build',
      {
        needs: ['send'],
        next: { to: ['build'], max: 1, choose: ({ output }) => (output.exitCode === 0 ? undefined : 'build') },
        check: ({ idempotencyKey }) => (idempotencyKey === '' ? { happened: false } : { happened: true, output: { stdout: 'v7' } }),
        compensate: ({ output, idempotencyKey }) => ({ command: 'undo', args: [output.stdout, idempotencyKey] }),
      },
      ({ outputs, iterations }) => ({ command: 'make', args: [outputs.send.messageId, iterations.build?.[0]?.stdout ?? ''] }),
    )
    .step('end', { needs: ['build'] }, ({ outputs }) => {
      expectTypeOf(outputs.pause).toEqualTypeOf<null>()
      expectTypeOf(outputs.send.messageId).toEqualTypeOf<string>()
      expectTypeOf(outputs.build.exitCode).toEqualTypeOf<number>()
      expectTypeOf(outputs.build.cut.stdout).toEqualTypeOf<number>()
    })
    // @ts-expect-error: a command names a program
    .shell('wrong', {}, () => ({ args: ['x'] }))
})

test('earlier iterations are typed where their step is before, or has a schema', () => {
  start
    .step('draft', { output: z.object({ body: z.string() }) }, ({ iterations }) => {
      expectTypeOf(iterations.draft?.[0]?.body).toEqualTypeOf<string | undefined>()
      expectTypeOf(iterations['review']).toEqualTypeOf<readonly unknown[] | undefined>()
      return { body: '' }
    })
    .step('review', { needs: ['draft'] }, ({ iterations }) => {
      expectTypeOf(iterations.draft?.[0]?.body).toEqualTypeOf<string | undefined>()
    })
})
