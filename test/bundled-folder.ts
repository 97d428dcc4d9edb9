import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { buildSync, type OutputFile } from 'esbuild'

const cache = new URL('../node_modules/.cache/cairn/bundles', import.meta.url).pathname

/**
 * A folder in which each of these sources, as it is now, stands as one file that Node runs: `name.mjs`. It stays, so that
 * the next one who asks for the same is answered with it.
 */
export function bundledFolder(entryPoints: Readonly<Record<string, string>>): string {
  const { outputFiles } = buildSync({
    entryPoints: { ...entryPoints },
    outdir: cache,
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['better-sqlite3', 'esbuild', 'yaml'],
    outExtension: { '.js': '.mjs' },
  })
  return keep(outputFiles)
}

/** A folder of these files that nobody changes any more, whoever else makes the same at the same time. */
function keep(files: readonly OutputFile[]): string {
  const digest = files.reduce((hash, { contents }) => hash.update(contents), createHash('sha256')).digest('hex')
  const folder = join(cache, digest)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const making = mkdtempSync(join(cache, 'making-'))
  for (const { path, contents } of files) {
    const to = join(making, relative(cache, path))
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, contents)
  }
  try {
    renameSync(making, folder)
  } catch (error) {
    rmSync(making, { recursive: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}
