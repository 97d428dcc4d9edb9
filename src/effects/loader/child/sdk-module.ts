import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { build } from 'esbuild'
import { withoutMap } from './no-map.ts'

/** The SDK as one module without imports. Where the program was built, that was made then; from its sources it is made here. */
export function sdkModule(file: string): Promise<string> {
  return file.endsWith('.ts') ? makeSdk(file) : readFile(file, 'utf8')
}

/** With the places of its packages in it, a bundle would differ from one workspace to the next. */
export async function makeSdk(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    absWorkingDir: dirname(entry),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
    tsconfigRaw: {},
    // A build of it may ask; it has no place of its own any more.
    define: { 'import.meta.url': '"file:///cairn"' },
  })
  return withoutMap(outputFiles[0]?.text ?? '')
}
