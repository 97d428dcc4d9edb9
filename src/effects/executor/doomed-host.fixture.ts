import { spawn } from 'node:child_process'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beacon, light } from './beacon.fixture.ts'

const program = fileURLToPath(new URL('doomed-host.main.fixture.ts', import.meta.url))

/** For tests: kills a host whose executor is running that code, and resolves once the executor is gone too. */
export async function killHostWhile(code: string, entry?: string): Promise<void> {
  await using signs = await beacon()
  await using folder = await mkdtempDisposable(join(tmpdir(), 'cairn-orphan-'))
  const handler = `async () => { ${light(signs.port)}; ${code} }`
  const host = spawn(process.execPath, [program, handler, ...(entry === undefined ? [] : [entry])], {
    stdio: 'inherit',
    env: { ...process.env, TMPDIR: folder.path },
  })
  await signs.lit(1)
  host.kill('SIGKILL')
  await signs.out()
}
