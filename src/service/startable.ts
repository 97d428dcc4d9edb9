import { NotFound } from '../model/control-errors.ts'
import type { WorkflowName } from '../model/ids.ts'
import type { Catalog } from './parts.ts'

/** Characters of what is wrong with a file that is told beside others. */
const longest = 300

/**
 * Resolves once it is known whether new runs of the workflow can be started.
 * @throws NotFound where nothing is called so and files cannot be used: it may stand in one of them
 */
export async function soughtIn(catalog: Catalog, workflow: WorkflowName): Promise<void> {
  await catalog.sought(workflow)
  if (catalog.find(workflow) !== undefined) return
  const entries = catalog.list()
  // What was called so before is told of by who knows why it is gone.
  if (entries.some((entry) => entry.state === 'refused' && entry.name === workflow)) return
  const unknown = entries.flatMap((entry) => {
    if (entry.state === 'ready' || entry.name !== null) return []
    const [first] = entry.failures
    return [`${entry.file} cannot be used (${first?.message.slice(0, longest) ?? 'it says not why'})`]
  })
  if (unknown.length === 0) return
  const known = entries.flatMap((entry) => (entry.state === 'ready' ? [entry.name] : []))
  throw new NotFound('workflow', workflow, [`the workspace has ${known.join(', ') || 'none that can be started'}`, ...unknown].join('; '))
}
