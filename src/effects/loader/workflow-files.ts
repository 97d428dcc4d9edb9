import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** The folder of a workspace that holds its workflows. */
export const workflowsFolder = 'workflows'

/**
 * The modules of a workspace that have to be workflows, below it and with forward slashes. Not those whose names begin
 * with `_`, nor tests, nor declarations; nor anything in a folder of its own, which is there to be imported.
 */
export async function workflowFiles(workspace: string): Promise<readonly string[]> {
  const entries = await readdir(join(workspace, workflowsFolder), { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => !entry.isDirectory() && isWorkflow(entry.name))
    .map(({ name }) => `${workflowsFolder}/${name}`)
    .toSorted()
}

function isWorkflow(name: string): boolean {
  return /^[^_.].*\.m?[jt]s$/.test(name) && !/\.(test|d)\.m?[jt]s$/.test(name)
}
