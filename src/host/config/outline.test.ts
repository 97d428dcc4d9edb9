import { expect, test } from 'vitest'
import { z } from 'zod'
import { duration } from '../../model/policy/spelled.ts'
import { groupOf, leafAt, outlineAt, unnamed, usualOf } from './outline.ts'
import { readText } from './read-text.ts'

const Chain = z.object({ strategies: z.array(z.enum(['retry', 'ask'])).min(1).default(['retry']).describe('In their order.'), limit: z.int().min(0).nullable().default(5) })
const section = groupOf(
  z.object({
    classes: z.partialRecord(z.enum(['timeout', 'crash']), Chain.partial()).default({}).describe('By class.'),
    every: duration({ least: '1s', like: '5s' }).default(5_000).describe('How often.'),
    share: z.number().min(0).max(1).optional(),
    server: z.object({ password: z.string().meta({ wants: 'a password' }) }).meta({ sensitive: true, takes: 'start' }).optional(),
  }),
)
const faultsOf = (text: string) => readText(text, section).faults.map(({ line, message }) => `${line} ${message}`)

test('says what each place wants, means and is where nothing is written', () => {
  expect(leafAt(section, ['every'])).toMatchObject({ wants: 'a length of time of 1s or more, like 5s', meaning: 'How often.', usual: '5s', takes: 'now', isSecret: false })
  expect(leafAt(section, ['share'])).toMatchObject({ wants: 'a number from 0 to 1', usual: undefined })
  expect(leafAt(section, ['server', 'password'])).toMatchObject({ wants: 'a password', isSecret: true, takes: 'start' })
  expect(leafAt(section, ['classes', 'timeout', 'strategies'])).toMatchObject({ wants: 'a list, of retry or ask each', usual: ['retry'] })
  expect(leafAt(section, ['classes', 'timeout', 'limit'])).toMatchObject({ wants: 'a whole number of 0 or more, or null', usual: 5 })
  expect(leafAt(section, ['nothing'])).toBeUndefined()
  expect(usualOf(section)).toEqual({ classes: {}, every: '5s' })
})

test('what stands under names says so where none is written', () => {
  const classes = outlineAt(section, ['classes'])
  if (classes?.kind !== 'named') throw new Error('classes are names')
  expect(unnamed(classes)).toMatchObject({ wants: 'settings, under timeout or crash', meaning: 'By class.', usual: {} })
})

test('reads lists and names along it', () => {
  const { tree, faults, lineOf } = readText('classes:\n  timeout: { strategies: [retry, ask] }\n', section)
  expect([tree, faults]).toEqual([{ classes: { timeout: { strategies: ['retry', 'ask'] } } }, []])
  expect([lineOf(['classes', 'timeout']), lineOf(['every'])]).toEqual([2, null])
})

test.each([
  ['classes:\n  timeot: {}\n', ['2 classes.timeot should be one of timeout, crash; did you mean timeout?']],
  ['classes:\n  crash: { strategies: [] }\n', ['2 classes.crash.strategies should be a list, of retry or ask each, not []']],
  ['server: { password: 7 }\n', ['1 server.password should be a password']],
  ['every: 5\nshare: 2\n', ['1 every should be a length of time of 1s or more, like 5s, not 5', '2 share should be a number from 0 to 1, not 2']],
])('tells what is wrong along it: %j', (text, faults) => expect(faultsOf(text)).toEqual(faults))

test('a value that anchors make endless is a fault, and no more', () => {
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]', ...['b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdef'[index]}`).join(',')}]`)].join('\n')
  expect(faultsOf(`${bomb}\nevery: *g\n`).some((fault) => fault.includes('every should be'))).toBe(true)
})
