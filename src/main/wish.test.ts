import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Wish, WrongArguments, wishOf } from './wish.ts'

const run = '01JD4Z7Q8XABCDEFGHJKMNPQRS'
const nothing = { workspace: null, port: null, trust: false, looks: false, screen: null }
const folder = resolve('/home/ada')

describe('the arguments', () => {
  test('say which workspace, on which port, that its code is trusted, and that it is only looked at', () => {
    const wish = { workspace: resolve(folder, 'space'), port: 7420, trust: true, looks: false, screen: null }
    expect(wishOf(['electron', '.', '--workspace', 'space', '--port=7420', '--trust'], folder)).toEqual(wish)
    expect(wishOf(['electron', '.', '--read-only'], folder)).toEqual({ ...nothing, looks: true })
  })

  test('of Chromium and of the program itself say nothing', () => {
    expect(wishOf(['electron', '--no-sandbox', '--user-data-dir=/tmp/x', '/opt/cairn'], folder)).toEqual(nothing)
  })

  test('may be a link to a run', () => {
    expect(wishOf(['electron', '.', `cairn://runs/${run}`], folder)).toEqual({ ...nothing, screen: `/runs/${run}` })
  })

  test.each([
    'cairn:',
    'cairn://runs/',
    `cairn://runs/${run}/`,
    `cairn://runs/${run}?x`,
    `cairn://runs/${run}/../../settings`,
    `cairn://runs/${run.toLowerCase()}`,
    `cairn://workflows/${run}`,
    `cairn://evil@runs/${run}`,
    'cairn://runs/../../../etc/passwd',
    `cairn://runs/01JD4Z7Q8XABCDEFGHJKMNPQRU`,
    `cairn://runs/${run}\n`,
  ])('lead nowhere by the link %j', (link) => {
    expect(wishOf(['electron', '.', link], folder)).toEqual(nothing)
  })

  test.each([
    [['--port', 'many'], '--port'],
    [['--port', '70000'], '--port'],
    [['--workspace'], '--workspace'],
    [['--workspace='], '--workspace'],
    [['--workspace', '--trust'], '--workspace'],
  ])('that are wrong are named: %j', (args, option) => {
    expect(() => wishOf(['electron', ...args], folder)).toThrow(WrongArguments)
    expect(() => wishOf(['electron', ...args], folder)).toThrow(option)
  })
})

test.each([
  undefined,
  null,
  'focus',
  [],
  {},
  { ...nothing, screen: 'https://evil.example' },
  { ...nothing, screen: '/runs/../settings' },
  { ...nothing, screen: `/runs/${run}#x` },
  { ...nothing, workspace: 7 },
  { ...nothing, workspace: 'x'.repeat(5_000) },
  { ...nothing, more: true },
])('another instance may not wish for %j', (wish) => {
  expect(Wish.safeParse(wish).success).toBe(false)
})
