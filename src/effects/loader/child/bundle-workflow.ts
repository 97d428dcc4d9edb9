import type { Message } from 'esbuild'
import type { Finding } from '../definition-error.ts'
import { bundle, type BundleRequest, type BundleResult, type Unbundled } from './bundle.ts'
import { declaredPackages, packageOf, packagesTowards } from './packages.ts'

/** A package that stays out of the bundle. */
export interface LeftOut {
  readonly name: string
  /** Whether the workspace's package.json names it; otherwise the workflow has to. */
  readonly declared: boolean
  readonly why: string
}

export type BundledWorkflow =
  | { readonly type: 'made'; readonly text: string; readonly leftOut: readonly LeftOut[] }
  | { readonly type: 'refused'; readonly findings: readonly Finding[] }

/** Bundles a module; what cannot be in a bundle stays out with the package that its author knows it by. */
export async function bundleWorkflow(request: Omit<BundleRequest, 'externals'>): Promise<BundledWorkflow> {
  const declared = await declaredPackages(request.workspace)
  const leftOut = new Map<string, LeftOut>()
  for (;;) {
    const result = await bundle({ ...request, externals: leftOut.keys() })
    if (result.type === 'failed') return { type: 'refused', findings: result.errors.map(failed) }
    const own = result.unbundled.filter(({ file }) => packageOf(file) === undefined)
    if (own.length > 0) return { type: 'refused', findings: own.map(notBundled) }
    if (result.unbundled.length === 0) return { type: 'made', text: result.text, leftOut: [...leftOut.values()] }
    const before = leftOut.size
    for (const found of result.unbundled) {
      const out = leaveOut(found, result, declared)
      leftOut.set(out.name, out)
    }
    // A package that is imported by the path of its file stays in, whatever is left out by name.
    if (leftOut.size === before) return { type: 'refused', findings: result.unbundled.map(notBundled) }
  }
}

/** The nearest package that is declared on the way to the code; where none is, the one that the workspace imports. */
function leaveOut(
  { file, why }: Unbundled,
  { metafile }: Extract<BundleResult, { type: 'made' }>,
  declared: ReadonlySet<string>,
): LeftOut {
  const way = packagesTowards(file, metafile)
  const known = way.find((name) => declared.has(name))
  return { name: known ?? way.at(-1) ?? file, declared: known !== undefined, why: `${file} ${why}` }
}

function failed({ text, location }: Message): Finding {
  // What the module itself gets wrong is mended in its own text; this may be mended without it.
  const isOfOthers = text.startsWith('Could not resolve') || packageOf(location?.file ?? '') !== undefined
  const where = location === null ? '' : `${location.file}:${location.line}:${location.column + 1}: `
  return {
    code: isOfOthers ? 'import_failed' : 'bundle_failed',
    message: `it cannot be bundled: ${where}${text}`,
    wayOut: text.includes('"zod"') ? "import { z } from 'cairn'" : 'correct the line, or install what it imports',
  }
}

function notBundled({ file, why }: Unbundled): Finding {
  return {
    code: 'bundle_failed',
    message: `it cannot be bundled: ${file}: ${why}`,
    wayOut: 'import by a name that is written out; .json becomes data, .txt, .md, .html and .liquid become text',
  }
}
