import { dirname, join, relative, sep } from 'node:path'
import type { Plugin } from 'esbuild'
import { type SourceFile, type Sources, stampOf } from '../sources.ts'

/** Notes what a build looks at below the workspace, also where the build fails. Packages are not looked after. */
export class SourceTracker {
  readonly #workspace: string
  readonly #files = new Map<string, SourceFile>()
  readonly #folders = new Set<string>()

  constructor(workspace: string) {
    this.#workspace = workspace
  }

  get sources(): Sources {
    return { files: [...this.#files.values()], folders: [...this.#folders] }
  }

  readonly plugin: Plugin = {
    name: 'cairn-sources',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) => {
        const folder = dirname(join(resolveDir, path))
        if (this.#isOurs(folder)) this.#folders.add(folder)
        return undefined
      })
      onLoad({ filter: /./, namespace: 'file' }, async ({ path }) => {
        // Before esbuild reads it: a change in between makes the stamp differ, and the module is loaded again.
        if (this.#isOurs(path) && !this.#files.has(path)) this.#files.set(path, await stampOf(path))
        return undefined
      })
    },
  }

  #isOurs(path: string): boolean {
    const [first, ...rest] = relative(this.#workspace, path).split(sep)
    return first !== '..' && ![first, ...rest].includes('node_modules')
  }
}
