import { expect, test } from 'vitest'
import { plant, runIn } from './scratch.ts'

const oxlint = ['oxlint/bin/oxlint', '--format', 'unix', 'src'] as const

test.each([
  ['eslint(no-restricted-globals)', 'src/engine/plan.ts', 'export const now = () => Date.now()\n'],
  ['eslint(no-restricted-globals)', 'src/store/keep.ts', 'export const later = (call: () => void) => setTimeout(call, 1)\n'],
  ['eslint(no-restricted-globals)', 'src/store/keep.ts', 'export const soon = (call: () => void) => setImmediate(call)\n'],
  ['eslint(no-restricted-globals)', 'src/engine/plan.ts', 'export const folder = () => process.cwd()\n'],
  ['eslint(no-restricted-properties)', 'src/engine/plan.ts', 'export const dice = () => Math.random()\n'],
  ['eslint(no-restricted-imports)', 'src/store/keep.ts', "import { randomBytes } from 'node:crypto'\nexport const salt = randomBytes(16)\n"],
  ['eslint(no-restricted-imports)', 'src/store/keep.ts', "import { setTimeout } from 'node:timers/promises'\nexport const later = setTimeout(1)\n"],
  ['typescript(no-explicit-any)', 'src/host/host.ts', 'export const it = (what: any) => [what]\n'],
  ['typescript(no-non-null-assertion)', 'src/host/host.ts', 'export const it = (what: string | null) => what!\n'],
  ['typescript(consistent-type-assertions)', 'src/host/host.ts', 'export const it = (what: unknown) => what as string\n'],
  ['typescript(ban-ts-comment)', 'src/host/host.ts', "// @ts-ignore\nexport const it: number = ''\n"],
  ['typescript(no-floating-promises)', 'src/host/host.ts', 'export const it = (what: Promise<void>) => { what }\n'],
  ['typescript(no-misused-promises)', 'src/host/host.ts', 'export const it = (what: Promise<boolean>) => (what ? 1 : 2)\n'],
  ['typescript(switch-exhaustiveness-check)', 'src/host/host.ts', "export const it = (what: 'a' | 'b') => { switch (what) { case 'a': return 1 } }\n"],
])('%s is an error in %s', async (rule, path, text) => {
  using scratch = plant({ [path]: text })
  const { code, output } = await runIn(scratch, ...oxlint)
  expect(code).not.toBe(0)
  expect(output).toContain(rule)
})

test('what breaks no rule passes', async () => {
  using scratch = plant({ 'src/engine/plan.ts': 'export const plan = (steps: readonly string[]) => steps.length\n' })
  expect(await runIn(scratch, ...oxlint)).toMatchObject({ code: 0 })
})
