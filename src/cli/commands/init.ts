import { join, resolve } from 'node:path'
import { createWorkspace } from '../../host/workspace/create.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'

/** Makes a new workspace with one small workflow. */
export async function init({ terminal }: Context, folder: string): Promise<number> {
  const root = resolve(terminal.cwd, folder)
  await createWorkspace(root)
  terminal.out(`made the workspace ${root}`)
  terminal.err(
    `run its workflow: cairn run greeting --workspace ${folder} --input ${join(folder, 'inputs', 'greeting.json')}`,
  )
  return exitCodes.done
}
