/**
 * Has earlier versions write the stores of `written/`, each run from its own sources as the history keeps them, and with the host that its
 * own tests had: `node test/conformance/stores/write-earlier.ts`. What stands there already stays as it was written.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { storePaths } from '../../../src/store/paths.ts'
import { anchorOf, type EarlierStore, earlierStores, keyOfSealed, storeOf } from './earlier.ts'

const here = import.meta.dirname
const root = join(here, '..', '..', '..')

mkdirSync(new URL('./written/', import.meta.url), { recursive: true })
for (const store of earlierStores) if (!existsSync(storeOf(store))) write(store)

function write(store: EarlierStore): void {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-earlier-'))
  try {
    const sources = execFileSync('git', ['archive', store.commit, 'src', 'package.json', 'test/conformance/stores/*.ts'], { cwd: root, maxBuffer: 2 ** 28 })
    execFileSync('tar', ['-x', '-C', folder], { input: sources })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    const own = join(folder, 'test', 'conformance', 'stores')
    copyFileSync(join(here, 'write.ts'), join(own, 'write.ts'))
    const workspace = join(folder, 'workspace')
    execFileSync(process.execPath, [join(own, 'write.ts'), workspace, ...(store.isSealed ? [keyOfSealed.toString('hex')] : [])], { stdio: 'inherit' })
    const paths = storePaths(workspace)
    writeFileSync(storeOf(store), zstdCompressSync(readFileSync(paths.store)))
    copyFileSync(paths.anchor, anchorOf(store))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
