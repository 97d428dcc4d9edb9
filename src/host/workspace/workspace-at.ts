import { resolve } from 'node:path'
import { createExample, isEmpty } from './create.ts'
import { defaultWorkspace } from './places.ts'

/** The workspace that somebody asked for, or the usual one. */
export function usualWorkspace(folder: string | undefined): string {
  return resolve(folder ?? defaultWorkspace())
}

/** The same. A folder that is empty or missing becomes the example. */
export async function workspaceAt(folder: string | undefined, say: (line: string) => void): Promise<string> {
  const workspace = usualWorkspace(folder)
  if (await isEmpty(workspace)) {
    await createExample(workspace)
    say(`made a workspace from the example: ${workspace}`)
  }
  return workspace
}
