/** Packages as a workspace sees them. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Metafile } from 'esbuild'
import { z } from 'zod'

const Names = z.record(z.string(), z.unknown()).optional().catch(undefined)
const WorkspacePackage = z.object({ dependencies: Names, optionalDependencies: Names })
const InstalledPackage = z.object({ version: z.string() })

/** Names of the packages that the workspace's own package.json depends on; none where it has none. */
export async function declaredPackages(workspace: string): Promise<ReadonlySet<string>> {
  const found = WorkspacePackage.safeParse(await readJson(join(workspace, 'package.json')))
  return new Set(Object.keys({ ...found.data?.dependencies, ...found.data?.optionalDependencies }))
}

/** The version of a package as code in the workspace would find it; undefined where it would not. */
export async function installedVersion(workspace: string, name: string): Promise<string | undefined> {
  for (const folder of createRequire(join(workspace, 'package.json')).resolve.paths(name) ?? []) {
    const found = InstalledPackage.safeParse(await readJson(join(folder, name, 'package.json')))
    if (found.success) return found.data.version
  }
  return undefined
}

/** The package that a file is part of; undefined for the workspace's own. */
export function packageOf(file: string): string | undefined {
  const [, inside] = /.*(?:^|\/)node_modules\/(.+)$/.exec(file) ?? []
  return inside?.split('/', inside.startsWith('@') ? 2 : 1).join('/')
}

/** Packages through which the workspace's own code comes to a file: the file's own first, the one it imports last. */
export function packagesTowards(file: string, { inputs }: Metafile): readonly string[] {
  const importers = new Map<string, string[]>()
  for (const [importer, { imports }] of Object.entries(inputs)) {
    for (const { path } of imports) importers.set(path, [...(importers.get(path) ?? []), importer])
  }
  const ways = new Map<string, readonly string[]>([[file, []]])
  // A map that grows while it is walked is walked to its end: breadth first, so the first way is a shortest one.
  for (const [current, way] of ways) {
    const name = packageOf(current)
    if (name === undefined) return way
    const further = way.includes(name) ? way : [...way, name]
    for (const importer of importers.get(current) ?? []) if (!ways.has(importer)) ways.set(importer, further)
  }
  return []
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return undefined
  }
}
