import { cp, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { faultOf } from '../../store/sqlite/fault.ts'
import { StartRefused } from '../start-refused.ts'
import { giveEditorTypes } from './editor-types.ts'
import { linkPackages } from './link-packages.ts'
import { makeFolder } from './make-folder.ts'
import { type Example, shippedExample } from './places.ts'
import { settings, starter } from './starter.ts'
import { userTrust } from './trust.ts'

/** What only the project's own tests need of an example. */
const notShipped = /[.](test|fixture|cases)[.]ts$|[\\/][.]cairn([\\/]|$)|[\\/]node_modules([\\/]|$)/

/** Makes a workspace with one small workflow. @throws StartRefused where something stands there already */
export async function createWorkspace(folder: string): Promise<void> {
  await assertEmpty(folder)
  await write(folder, starter)
  await finish(folder)
}

/** Makes a workspace of a shipped example. @throws StartRefused where something stands there already */
export async function createExample(folder: string, example: Example = 'outreach'): Promise<void> {
  await assertEmpty(folder)
  await write(folder, settings)
  await cp(shippedExample(example), folder, { recursive: true, filter: (source) => !notShipped.test(source) })
  await linkPackages(folder)
  await finish(folder)
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name)
    await makeFolder(dirname(file))
    await writeFile(file, text)
  }
}

/** Who makes a workspace trusts what was made. */
async function finish(folder: string): Promise<void> {
  await giveEditorTypes(folder)
  await userTrust().trust(folder)
}

async function assertEmpty(folder: string): Promise<void> {
  if (await isEmpty(folder)) return
  throw new StartRefused('workspace', `${folder} is not empty: name a folder that is, or is not there yet`)
}

/** True also where the folder is not there. */
export async function isEmpty(folder: string): Promise<boolean> {
  const found = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    const fault = faultOf(folder, error)
    if (fault !== undefined && fault.fault !== 'gone') throw new StartRefused('workspace', fault.message, { cause: error })
    throw new StartRefused('workspace', `${folder} is no folder, or stands below a file: name one that is empty, or not there yet`, { cause: error })
  })
  return found.length === 0
}
