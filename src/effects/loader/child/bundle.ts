/**
 * Makes one CommonJS text of a module and all that it imports.
 *
 * Invariants:
 * 1. The text is a function of the sources alone: neither it nor its map holds the path of the workspace.
 * 2. Nothing is left out in silence: `externals` stay imports, and `unbundled` names what could not be followed.
 */
import { existsSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { build, type BuildFailure, type BuildOptions, type Message, type Metafile, type Plugin } from 'esbuild'
import { unmappedPackages } from './no-map.ts'

export interface BundleRequest {
  readonly workspace: string
  /** Below the workspace. */
  readonly file: string
  /** What `cairn` stands for: one module without imports. */
  readonly sdk: string
  readonly externals: Iterable<string>
  readonly plugins: readonly Plugin[]
}

/** Code in the bundle that will not do there what it does outside. */
export interface Unbundled {
  /** Below the workspace, or with `../` before it. */
  readonly file: string
  readonly why: string
}

export type BundleResult =
  | { readonly type: 'made'; readonly text: string; readonly metafile: Metafile; readonly unbundled: readonly Unbundled[] }
  | { readonly type: 'failed'; readonly errors: readonly Message[] }

/** Where the text stands for who evaluates it: its imports are found from there, and the sources of its map. */
export const bundlePlace = join('.cairn', 'bundles', 'workflow.cjs')

const reasons: ReadonlyMap<string, string> = new Map([
  ['unsupported-require-call', 'requires a module whose name is only known when it runs'],
  ['unsupported-dynamic-import', 'imports a module whose name is only known when it runs'],
  ['empty-import-meta', 'asks import.meta where it stands, and a bundle stands elsewhere'],
])

export async function bundle({ workspace, file, sdk, externals, plugins }: BundleRequest): Promise<BundleResult> {
  const native: Unbundled[] = []
  const settings = join(workspace, 'tsconfig.json')
  const options = {
    absWorkingDir: workspace,
    entryPoints: [join(workspace, file)],
    outfile: join(workspace, bundlePlace),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    external: [...externals],
    loader: { '.txt': 'text', '.md': 'text', '.html': 'text', '.liquid': 'text' },
    // Not what lies above the workspace: that would be another one's elsewhere.
    ...(existsSync(settings) ? { tsconfig: settings } : { tsconfigRaw: {} }),
    sourcemap: 'inline',
    sourcesContent: true,
    metafile: true,
    write: false,
    logLevel: 'silent',
    logOverride: Object.fromEntries([...reasons.keys()].map((id) => [id, 'warning'])),
    plugins: [sdkPlugin(sdk), nativePlugin(workspace, native), ...plugins, unmappedPackages],
  } satisfies BuildOptions
  try {
    const { outputFiles, metafile, warnings } = await build(options)
    const untold = warnings.flatMap(({ id, location }) => {
      const why = reasons.get(id)
      return why === undefined || location === null ? [] : [{ file: location.file, why: `line ${location.line} ${why}` }]
    })
    return { type: 'made', text: outputFiles[0]?.text ?? '', metafile, unbundled: [...native, ...untold] }
  } catch (error) {
    if (isBuildFailure(error)) return { type: 'failed', errors: error.errors }
    throw error
  }
}

function sdkPlugin(sdk: string): Plugin {
  return {
    name: 'cairn-sdk',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^cairn$/ }, () => ({ path: 'sdk', namespace: 'cairn' }))
      onLoad({ filter: /./, namespace: 'cairn' }, () => ({ contents: sdk, loader: 'js' }))
    },
  }
}

/** Lets a build with native code in it come to its end, so that all of it is known. */
function nativePlugin(workspace: string, found: Unbundled[]): Plugin {
  return {
    name: 'cairn-native',
    setup: ({ onLoad }) => {
      onLoad({ filter: /\.node$/ }, ({ path }) => {
        found.push({ file: relative(workspace, path).replaceAll(sep, '/'), why: 'is native code' })
        return { contents: '', loader: 'js' }
      })
    },
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors)
}
