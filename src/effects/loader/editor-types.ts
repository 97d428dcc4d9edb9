/** Makes an editor understand a workspace, without a package in it: what `cairn` is, and how modules are written. */
import { access, cp, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What an editor has to know that a person may not want to change. */
const base = {
  compilerOptions: {
    target: 'ES2024',
    lib: ['ES2024', 'DOM', 'DOM.Iterable'],
    module: 'preserve',
    moduleResolution: 'bundler',
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    isolatedModules: true,
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    paths: { cairn: ['./sdk/index.d.ts'] },
  },
}

/** What a person may change; `include` is what editors look at. */
const own = {
  extends: './.cairn/types/tsconfig.json',
  include: ['workflows', 'lib', './.cairn/types/text.d.ts'],
}

/**
 * Puts the types into the workspace, in the place of those that are there, and a tsconfig.json where it has none.
 * `types` is the folder that `scripts/emit-types.ts` wrote.
 */
export async function writeEditorTypes(workspace: string, types: string): Promise<void> {
  const place = join(workspace, '.cairn', 'types')
  const part = `${place}.${process.pid}.part`
  await mkdir(join(workspace, '.cairn'), { recursive: true, mode: 0o700 })
  await cp(types, part, { recursive: true })
  await writeFile(join(part, 'tsconfig.json'), json(base))
  await rm(place, { recursive: true, force: true })
  await rename(part, place)
  const settings = join(workspace, 'tsconfig.json')
  if (!(await exists(settings))) await writeFile(settings, json(own))
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
