import { beforeAll, expect, test } from 'vitest'
import { plant, runIn, type Verdict } from './scratch.ts'

const oxlint = ['oxlint/bin/oxlint', '--format', 'unix', 'src'] as const

/** What is planted: the rule that it breaks, where, and the text. */
const broken = [
  ['eslint(no-restricted-globals)', 'src/engine/now.ts', 'export const now = () => Date.now()\n'],
  ['eslint(no-restricted-globals)', 'src/store/later.ts', 'export const later = (call: () => void) => setTimeout(call, 1)\n'],
  ['eslint(no-restricted-globals)', 'src/store/soon.ts', 'export const soon = (call: () => void) => setImmediate(call)\n'],
  ['eslint(no-restricted-globals)', 'src/engine/folder.ts', 'export const folder = () => process.cwd()\n'],
  ['eslint(no-restricted-properties)', 'src/engine/dice.ts', 'export const dice = () => Math.random()\n'],
  ['eslint(no-restricted-imports)', 'src/store/salt.ts', "import { randomBytes } from 'node:crypto'\nexport const salt = randomBytes(16)\n"],
  ['eslint(no-restricted-imports)', 'src/store/delayed.ts', "import { setTimeout } from 'node:timers/promises'\nexport const later = setTimeout(1)\n"],
  ['typescript(no-explicit-any)', 'src/host/anything.ts', 'export const it = (what: any) => [what]\n'],
  ['typescript(no-non-null-assertion)', 'src/host/surely.ts', 'export const it = (what: string | null) => what!\n'],
  ['typescript(consistent-type-assertions)', 'src/host/cast.ts', 'export const it = (what: unknown) => what as string\n'],
  ['typescript(ban-ts-comment)', 'src/host/ignored.ts', "// @ts-ignore\nexport const it: number = ''\n"],
  ['typescript(no-floating-promises)', 'src/host/floating.ts', 'export const it = (what: Promise<void>) => { what }\n'],
  ['typescript(no-misused-promises)', 'src/host/misused.ts', 'export const it = (what: Promise<boolean>) => (what ? 1 : 2)\n'],
  ['typescript(switch-exhaustiveness-check)', 'src/host/half.ts', "export const it = (what: 'a' | 'b') => { switch (what) { case 'a': return 1 } }\n"],
] as const

/** All of it at once: each of these breaks one rule, whatever the others do. */
let found: Verdict
beforeAll(async () => {
  using scratch = plant(Object.fromEntries(broken.map(([, path, text]) => [path, text])))
  found = await runIn(scratch, ...oxlint)
})

test.each(broken)('%s is an error in %s', (rule, path) => {
  expect(found.code).not.toBe(0)
  expect(found.output.split('\n').filter((line) => line.includes(path)).join('\n')).toContain(rule)
})

test('what breaks no rule passes', async () => {
  using scratch = plant({ 'src/engine/plan.ts': 'export const plan = (steps: readonly string[]) => steps.length\n' })
  expect(await runIn(scratch, ...oxlint)).toMatchObject({ code: 0 })
})
