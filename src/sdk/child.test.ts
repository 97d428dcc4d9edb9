/** A workflow that another calls: what its types say is checked by tsc, what it is at run time by vitest. */
import { expect, expectTypeOf, test } from 'vitest'
import { definitionOf } from './brand.ts'
import { workflow, z } from './index.ts'

const letters = workflow('letters', { version: 1, input: z.object({ to: z.string(), copies: z.coerce.number().default(1) }), context: z.object({ tenant: z.string() }) })
  .step('write', { output: z.object({ body: z.string() }) }, ({ input }) => ({ body: `Dear ${input.to}` }))
  .step('print', { needs: ['write'], output: z.object({ pages: z.number() }) }, () => ({ pages: 1 }))
  .step('stamp', { needs: ['write'], when: ({ input }) => input.copies > 1 }, () => 'stamped')

const start = workflow('mailing', { version: 1, input: z.object({ name: z.string() }) })

test('its output is what its last steps put out, without a cast', () => {
  start
    .workflow('letter', { context: () => ({ tenant: 'acme' }) }, letters, ({ input }) => ({ to: input.name }))
    .step('after', { needs: ['letter'] }, ({ outputs }) => {
      expectTypeOf(outputs).toEqualTypeOf<{ readonly letter: { readonly print: { pages: number }; readonly stamp: string | undefined } }>()
      return outputs.letter.print.pages
    })
})

test('it is given what its own schemas take', () => {
  // @ts-expect-error letters asks for `to`
  start.workflow('letter', {}, letters, () => ({ copies: 1 }))
  // @ts-expect-error the tenant is a text
  start.workflow('letter', { context: () => ({ tenant: 1 }) }, letters, () => ({ to: 'ann' }))
  start.workflow('letter', {}, letters, () => ({ to: 'ann', copies: '2' }))
})

test('by its name alone, anything may be given to it and come of it', () => {
  start.workflow('letter', { optional: true }, 'letters', () => 1).step('after', { needs: ['letter'] }, ({ outputs }) => {
    expectTypeOf(outputs.letter).toEqualTypeOf<unknown>()
    return null
  })
})

test('what is sensitive in what it puts out stays marked in the step that calls it', () => {
  const secret = workflow('secret', { version: 1, input: z.object({}) }).step('key', { output: z.object({ key: z.string().meta({ sensitive: true }) }) }, () => ({ key: 'k' }))
  const definition = z.object({ steps: z.array(z.looseObject({ workflow: z.string(), options: z.object({ output: z.custom<z.ZodType>() }) })) })
  const [step] = definition.parse(definitionOf(start.workflow('child', {}, secret, () => ({})))).steps
  expect(step?.workflow).toBe('secret')
  expect(step && z.toJSONSchema(step.options.output)).toMatchObject({ properties: { key: { properties: { key: { sensitive: true } } } } })
})
