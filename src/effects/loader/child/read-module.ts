/** Reads one workflow module: bundles it, runs it, and gives what it defines as data. */
import { join } from 'node:path'
import { z } from 'zod'
import type { External, Manifest } from '../../../model/manifest.ts'
import { definitionOf } from '../../../sdk/brand.ts'
import type { Finding } from '../definition-error.ts'
import { type LoadRequest, longestBundle } from '../protocol.ts'
import { bundlePlace } from './bundle.ts'
import { bundleWorkflow, type LeftOut } from './bundle-workflow.ts'
import { evaluate } from '../../evaluate.ts'
import { manifestOf } from './manifest-of.ts'
import { installedVersion } from './packages.ts'
import { sdkModule } from './sdk-module.ts'
import type { SourceTracker } from './source-tracker.ts'
import { thrown } from './thrown.ts'

export type ReadModule =
  | { readonly type: 'loaded'; readonly manifest: Manifest; readonly bundle: string }
  | { readonly type: 'refused'; readonly findings: readonly Finding[] }

/** `bundled` is awaited before the module's own code runs: after that, nothing may ever be heard of this process again. */
export async function readModule(
  { workspace, file, sdk }: LoadRequest,
  sources: SourceTracker,
  bundled: () => Promise<void>,
): Promise<ReadModule> {
  const made = await bundleWorkflow({ workspace, file, sdk: await sdkModule(sdk), plugins: [sources.plugin] })
  if (made.type === 'refused') return made
  const { text, leftOut } = made
  if (text.length > longestBundle) return refused(tooLong(text))
  const externals = await Promise.all(leftOut.map((out) => externalOf(out, workspace)))
  const missing = externals.filter((external) => 'code' in external)
  if (missing.length > 0) return refused(...missing)

  await bundled()
  let exported: unknown
  try {
    exported = evaluate(join(workspace, bundlePlace), text)
  } catch (error) {
    return refused(thrown(error, workspace))
  }
  const main = defaultOf(exported)
  const definition = definitionOf(main)
  if (definition === undefined) return refused(noDefault(main))
  const undeclared = leftOut.filter(({ name, declared }) => !declared && !permitted(definition).includes(name))
  const read = manifestOf(definition, file, externals.filter((external) => 'version' in external))
  if (read.type === 'read' && undeclared.length === 0) return { type: 'loaded', manifest: read.manifest, bundle: text }
  return refused(...undeclared.map(notDeclared), ...(read.type === 'refused' ? read.findings : []))
}

function refused(...findings: readonly Finding[]): ReadModule {
  return { type: 'refused', findings }
}

/** The default export; a module of the older form is what it exports. */
function defaultOf(exported: unknown): unknown {
  const isModern = typeof exported === 'object' && exported !== null && '__esModule' in exported
  return isModern && 'default' in exported ? exported.default : exported
}

/** Packages that the workflow's options name. */
function permitted(definition: unknown): readonly string[] {
  return z.object({ externals: z.array(z.string()) }).safeParse(definition).data?.externals ?? []
}

async function externalOf({ name, why }: LeftOut, workspace: string): Promise<External | Finding> {
  const version = await installedVersion(workspace, name)
  if (version !== undefined) return { name, version }
  return {
    code: 'external_missing',
    message: `${name} cannot be in the bundle (${why}), and the workspace has no package of that name to load instead`,
    wayOut: `install it in the workspace: npm install ${name}`,
  }
}

function notDeclared({ name, why }: LeftOut): Finding {
  return {
    code: 'external_undeclared',
    message: `${name} cannot be in the bundle: ${why}`,
    wayOut: "let it stay outside: name it in dependencies of the workspace's package.json, or in externals of the workflow",
  }
}

function noDefault(main: unknown): Finding {
  const isNothing = typeof main === 'object' && main !== null && '__esModule' in main
  const what = isNothing ? 'nothing' : `a value of type ${typeof main}`
  return {
    code: 'no_default_export',
    message: `its default export is no workflow, but ${what}`,
    wayOut: "export default workflow('name', …); begin the name of a file that is no workflow with _",
  }
}

function tooLong(text: string): Finding {
  const megabytes = (length: number): string => `${Math.ceil(length / 2 ** 20)} MB`
  return {
    code: 'bundle_failed',
    message: `its bundle has ${megabytes(text.length)}, over the limit of ${megabytes(longestBundle)}`,
    wayOut: 'import less, or read large data when a step runs',
  }
}
