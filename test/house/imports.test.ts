import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { table } from '../../dependency-cruiser.config.ts'
import { root } from './checkout.ts'
import { plant, runIn, type Verdict } from './scratch.ts'

const ports = { 'src/engine/ports.ts': 'export type Port = number\nexport const port = 1\n' }
const cruise = ['dependency-cruiser/bin/dependency-cruiser.mjs', '--config', 'dependency-cruiser.config.ts', 'src'] as const

test('an allowed import passes', async () => {
  using scratch = plant({
    ...ports,
    'src/model/noun.ts': "import { z } from 'zod'\nexport const Noun = z.string()\n",
    'src/store/store.ts': "import type { Port } from '../engine/ports.ts'\nimport { Noun } from '../model/noun.ts'\nexport type Store = Port | typeof Noun\n",
  })
  expect(await runIn(scratch, ...cruise)).toMatchObject({ code: 0, output: expect.stringContaining('3 dependencies cruised') })
})

/** What is planted: the rule that it breaks, where, and the text. */
const broken = [
  ['engine-imports', 'src/engine/plan.ts', "import '../store/store.ts'\n"],
  ['model-imports', 'src/model/noun.ts', "import type { Store } from '../store/store.ts'\nexport type Noun = Store\n"],
  ['service-imports', 'src/service/serve.ts', "export const store = import('../store/store.ts')\n"],
  ['store-types-only', 'src/store/other.ts', "import { port } from '../engine/ports.ts'\nexport const other = port\n"],
  ['effects-types-only', 'src/effects/run.ts', "export * from '../engine/ports.ts'\n"],
  ['engine-packages', 'src/engine/files.ts', "import 'node:fs'\n"],
  ['engine-packages', 'src/engine/ids.ts', "import 'ulid'\n"],
  ['contract-packages', 'src/contract/runs.ts', "import '@orpc/server'\n"],
  ['main-imports', 'src/main/main.ts', "import '../store/store.ts'\n"],
  ['preload-packages', 'src/preload/preload.ts', "import 'node:fs'\n"],
  ['electron-in-main', 'src/host/host.ts', "import 'electron'\n"],
  ['no-test-in-source', 'src/host/tested.ts', "import 'vitest'\n"],
  ['resolvable', 'src/host/lost.ts', "import 'a-package-that-nobody-installed'\n"],
  ['no-cycle', 'src/store/round.ts', "import './round.ts'\n"],
] as const

const cycle = (one: string, two: string, type = '') => ({
  [`src/host/${one}.ts`]: `import ${type}{ Two } from './${two}.ts'\nexport class One { two: Two | null = null }\n`,
  [`src/host/${two}.ts`]: `import ${type}{ One } from './${one}.ts'\nexport class Two { one: One | null = null }\n`,
})

/** All of it at once: each of these breaks one rule, whatever the others do. */
let found: Verdict
beforeAll(async () => {
  const planted = Object.fromEntries(broken.map(([, path, text]) => [path, text]))
  const store = { 'src/store/store.ts': 'export type Store = number\n' }
  using scratch = plant({ ...ports, ...store, ...planted, ...cycle('egg', 'hen'), ...cycle('father', 'son', 'type ') })
  found = await runIn(scratch, ...cruise)
})

test.each(broken)('a planted import breaks %s: %s', (rule, path) => {
  expect(found.code).not.toBe(0)
  expect(found.output).toContain(`error ${rule}: ${path}`)
})

test.each([
  ['of values', /error no-cycle: src\/host\/(egg|hen)\.ts/],
  ['of types alone', /error no-cycle: src\/host\/(father|son)\.ts/],
])('a planted cycle %s is found', (_name, told) => {
  expect(found.output).toMatch(told)
})

test('every place of the house is in the table', () => {
  const places = readdirSync(join(root, 'src'))
  expect(places.filter((place) => !Object.hasOwn(table, place))).toEqual([])
})
