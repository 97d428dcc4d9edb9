/**
 * Has earlier versions write the stores of `written/`, each run from its own sources as the history keeps them:
 * `node test/conformance/stores/write-earlier.ts`. What stands there already stays as it was written.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { storePaths } from '../../../src/store/paths.ts'
import { anchorOf, type Earlier, earlier, storeOf } from './earlier.ts'

const here = import.meta.dirname
const root = join(here, '..', '..', '..')

mkdirSync(new URL('./written/', import.meta.url), { recursive: true })
for (const version of earlier) if (!existsSync(storeOf(version))) write(version)

function write(version: Earlier): void {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-earlier-'))
  try {
    const sources = execFileSync('git', ['archive', version.commit, 'src', 'package.json'], { cwd: root, maxBuffer: 2 ** 28 })
    execFileSync('tar', ['-x', '-C', folder], { input: sources })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    cpSync(here, join(folder, 'test', 'conformance', 'stores'), { recursive: true })
    const workspace = join(folder, 'workspace')
    execFileSync(process.execPath, [join(folder, 'test', 'conformance', 'stores', 'write.ts'), workspace], { stdio: 'inherit' })
    const paths = storePaths(workspace)
    writeFileSync(storeOf(version), zstdCompressSync(readFileSync(paths.store)))
    copyFileSync(paths.anchor, anchorOf(version))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
