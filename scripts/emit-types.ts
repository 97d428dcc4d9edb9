/**
 * Writes the types that an author's editor reads: declarations of the SDK, of the nouns that it names and of zod, which
 * need no package to be installed. `node scripts/emit-types.ts out/types`
 */
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const zod = join(root, 'node_modules', 'zod')

/** Files that are text to a bundle. */
const textModules = ['txt', 'md', 'html', 'liquid']
  .map((extension) => `declare module '*.${extension}' {\n  const text: string\n  export default text\n}\n`)
  .join('')

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  exactOptionalPropertyTypes: true,
  types: ['node'],
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  declaration: true,
  emitDeclarationOnly: true,
  rootDir: join(root, 'src'),
}

/** Makes the folder anew. @throws Error with what the compiler says where the SDK does not compile */
export async function emitTypes(outDir: string): Promise<void> {
  const program = ts.createProgram([join(root, 'src', 'sdk', 'index.ts')], { ...options, outDir })
  const used = program.getSourceFiles().map(({ fileName }) => relative(zod, fileName))
  const ofZod = used.filter((path) => !path.startsWith('..'))
  const entry = ofZod.find((path) => dirname(path) === '.') ?? 'index.d.ts'
  const files = new Map([[join(outDir, 'text.d.ts'), textModules]])
  const { diagnostics } = program.emit(undefined, (path, text) => {
    const toZod = relative(dirname(path), join(outDir, 'zod', entry)).replaceAll('\\', '/')
    files.set(path, standalone(text, toZod.replace(/\.d\.(c?)ts$/, '.$1js')))
  })
  const wrong = [...ts.getPreEmitDiagnostics(program), ...diagnostics]
  if (wrong.length > 0) throw new Error(ts.formatDiagnostics(wrong, formatHost))

  await rm(outDir, { recursive: true, force: true })
  for (const [path, text] of files) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  }
  for (const path of ['package.json', 'LICENSE', ...ofZod]) {
    await mkdir(dirname(join(outDir, 'zod', path)), { recursive: true })
    await copyFile(join(zod, path), join(outDir, 'zod', path))
  }
}

/** Leads what a declaration imports to the declarations beside it. */
function standalone(text: string, toZod: string): string {
  return text
    .replaceAll(/(from |import\()(['"])zod\2/g, `$1$2${toZod}$2`)
    .replaceAll(/(from |import\()(['"])(\.{1,2}\/[^'"]+)\.ts\2/g, '$1$2$3.js$2')
}

const formatHost: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => root,
  getNewLine: () => '\n',
}

const [, script, outDir] = process.argv
if (script === import.meta.filename && outDir !== undefined) await emitTypes(resolve(outDir))
