/** A small project of its own, to plant in it what the linters must find. */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from './checkout.ts'

export interface Scratch {
  readonly folder: string
  [Symbol.dispose](): void
}

/** Files by path. The house's own settings are copied beside them, its packages are linked. */
export function plant(files: Readonly<Record<string, string>>): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-house-'))
  for (const name of ['package.json', 'tsconfig.json', '.oxlintrc.json', 'dependency-cruiser.config.ts']) {
    cpSync(join(root, name), join(folder, name))
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

export interface Verdict {
  readonly code: number
  readonly output: string
}

/** Runs a program of node_modules there, as `npm test` does here. */
export function runIn(scratch: Scratch, program: string, ...args: string[]): Promise<Verdict> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(scratch.folder, 'node_modules', program), ...args],
      { cwd: scratch.folder, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? 1, output: stdout + stderr }),
    )
  })
}
