/** Bundles each entry into one file of its own, with the build's bundler. `node test/bundle.ts ORDER`: who asks for that waits for this process. */
import { rolldown } from 'rolldown'
import { z } from 'zod'

/**
 * Where a process is told to keep what was compiled of its program, it does so once that runs: one that is killed would leave
 * nothing of it to the next.
 */
const banner = `import { flushCompileCache as keepCompiled } from 'node:module'
setImmediate(keepCompiled)`

const Order = z.object({
  /** Sources by the name that the file of each gets without its extension. */
  entries: z.record(z.string(), z.string()),
  extension: z.string(),
  folder: z.string(),
})

const { entries, extension, folder } = Order.parse(JSON.parse(process.argv[2] ?? ''))
await Promise.all(Object.entries(entries).map(bundled))

async function bundled([name, source]: [string, string]): Promise<void> {
  // What is left out has files of its own that it looks for where it stands.
  const external = [/^node:/, 'better-sqlite3', 'esbuild', 'open']
  await using bundle = await rolldown({ input: { [name]: source }, platform: 'node', external, logLevel: 'warn' })
  await bundle.write({ dir: folder, format: 'esm', codeSplitting: false, entryFileNames: `[name]${extension}`, banner })
}
