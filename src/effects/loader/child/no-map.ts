/** Keeps out of an author's source map what is not the author's: its text alone can be larger than the bundle. */
import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/** A map that maps nothing. One without any mapping would not count as one. */
const empty = Buffer.from('{"version":3,"sources":["package"],"names":[],"mappings":"AAAA"}').toString('base64')

/** The script, with a source map of its own in which nothing leads anywhere. */
export function withoutMap(script: string): string {
  return `${script}\n//# sourceMappingURL=data:application/json;base64,${empty}`
}

/** Scripts of packages are bundled without their sources being told. */
export const unmappedPackages: Plugin = {
  name: 'cairn-unmapped-packages',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[/\\]node_modules[/\\].*\.[cm]?js$/, namespace: 'file' }, async ({ path }) => ({
      contents: withoutMap(await readFile(path, 'utf8')),
      loader: 'js',
    }))
  },
}
