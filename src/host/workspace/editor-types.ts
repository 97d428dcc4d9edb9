import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { entrySources, programFolder } from '../program.ts'
import type { Layout } from './layout.ts'

/**
 * Says to editors where the types of `cairn` are. The path is this installation's, so the file stands in `.cairn` and is
 * written anew by every host: a workspace that was moved or checked out elsewhere mends itself.
 */
export function writeEditorTypes({ private: folder }: Layout): void {
  const sdk = join(programFolder, entrySources.sdk)
  if (!existsSync(sdk)) return
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const settings = {
    compilerOptions: {
      target: 'ES2024',
      lib: ['ES2024'],
      module: 'preserve',
      moduleResolution: 'bundler',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      resolveJsonModule: true,
      types: [],
      paths: { cairn: [relative(folder, sdk).replaceAll('\\', '/')] },
    },
  }
  writeFileSync(join(folder, 'tsconfig.json'), `${JSON.stringify(settings, null, 2)}\n`)
}
