import { join, resolve } from 'node:path'
import { createExample, createWorkspace } from '../../host/workspace/create.ts'
import { Example } from '../../host/workspace/places.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { UsageError } from '../trouble.ts'

/** What there is to run first in a new workspace. */
const firstRuns = {
  starter: { workflow: 'greeting', input: 'greeting.json' },
  outreach: { workflow: 'outreach', input: 'first-contact.json' },
  'release-pipeline': { workflow: 'release', input: 'smooth.json' },
} as const satisfies Readonly<Record<Example | 'starter', { readonly workflow: string; readonly input: string }>>

/** Makes a new workspace with one small workflow, or of the shipped example that is named. */
export async function init({ terminal }: Context, folder: string, name: string | undefined): Promise<number> {
  const root = resolve(terminal.cwd, folder)
  const example = exampleOf(name)
  await (example === undefined ? createWorkspace(root) : createExample(root, example))
  terminal.out(`made the workspace ${root}`)
  const { workflow, input } = firstRuns[example ?? 'starter']
  terminal.err(`run its workflow: cairn run ${workflow} --workspace ${folder} --input ${join(folder, 'inputs', input)}`)
  return exitCodes.done
}

function exampleOf(name: string | undefined): Example | undefined {
  const { data, success } = Example.optional().safeParse(name)
  if (!success) throw new UsageError(`${name} is no example: name ${Example.options.join(' or ')}`)
  return data
}
