/** The checkout that the rules of the house are held against. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

export interface SourceFile {
  /** From the root, with slashes. */
  readonly path: string
  readonly text: string
}

/** Every file of the given folders that ends in one of the endings. */
export function filesIn(folders: readonly string[], endings: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
      .filter((path) => !/(^|\/)(node_modules|\.cairn)\//.test(path))
      .map((path) => ({ path, text: read(path) })),
  )
}

/** All that is written by hand to run: programs, tests, scripts, examples. */
export function sources(): SourceFile[] {
  return filesIn(['src', 'test', 'scripts', 'resources'], ['.ts', '.tsx', '.mjs', '.js'])
}
