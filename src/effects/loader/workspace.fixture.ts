/** For tests: a workspace on disk that everybody trusts, and loading from it with real processes. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { bundledEntry, bundledPrograms } from '../../../test/bundled-program.ts'
import { DefinitionError, type Problem } from './definition-error.ts'
import { type LoadedWorkflow, loaderMemory, type LoadOptions, loadWorkflow } from './load-workflow.ts'

export const everybody = { isTrusted: async (): Promise<boolean> => true }

/** What loading takes that is not said; `memory` in bytes. */
export function usual(memory = loaderMemory): Pick<LoadOptions, 'trust' | 'start' | 'sdk'> {
  return { trust: everybody, start: bundledPrograms.spawn('loader', memory), sdk: bundledEntry('sdk') }
}

export class TestWorkspace {
  readonly root: string

  private constructor(root: string) {
    this.root = root
  }

  static async create(files: Readonly<Record<string, string>> = {}): Promise<TestWorkspace> {
    const workspace = new TestWorkspace(await realpath(await mkdtemp(join(tmpdir(), 'cairn-loader-'))))
    await mkdir(join(workspace.root, 'workflows'))
    await workspace.write(files)
    return workspace
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.root, path)), { recursive: true })
      await writeFile(join(this.root, path), text)
    }
  }

  /** Loads a module of the workspace, or of one that lies in a folder of it. */
  load(file: string, options: Partial<LoadOptions> = {}, inside = '.'): Promise<LoadedWorkflow> {
    return loadWorkflow(join(this.root, inside), file, { ...usual(options.memory), ...options })
  }

  /** What is wrong with a module that must not load. */
  async refusal(file: string, options: Partial<LoadOptions> = {}): Promise<readonly Problem[]> {
    const outcome = await this.load(file, options).catch((error: unknown) => error)
    if (outcome instanceof DefinitionError) return outcome.problems
    throw new Error(`${file} was not refused`, { cause: outcome })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.root, { recursive: true, force: true })
  }
}

/** A module of one step. `top` stands above the workflow, `body` in the handler. */
export function module(name: string, { top = '', body = 'return 1' } = {}): string {
  return `import { workflow, z } from 'cairn'
${top}
export default workflow('${name}', { version: 1, input: z.object({}) }).step('one', async () => { ${body} })
`
}
