import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { StepManifest } from '../../model/manifest.ts'
import { beacon, light } from './beacon.fixture.ts'

const program = fileURLToPath(new URL('doomed-host.main.fixture.ts', import.meta.url))

interface Doomed {
  /** As text, its id `run`. */
  readonly step: string
  readonly manifests?: readonly StepManifest[]
  readonly entry?: string | undefined
}

/** For tests: a host that runs one attempt, until somebody kills it. */
export async function doomedHost({ step, manifests = [], entry }: Doomed): Promise<AsyncDisposable & { readonly host: ChildProcess }> {
  const folder = await mkdtempDisposable(join(tmpdir(), 'cairn-orphan-'))
  const host = spawn(process.execPath, [program, step, JSON.stringify(manifests), ...(entry === undefined ? [] : [entry])], {
    stdio: 'inherit',
    env: { ...process.env, TMPDIR: folder.path },
  })
  return { host, [Symbol.asyncDispose]: () => folder.remove() }
}

/** For tests: kills a host whose executor is running that code, and resolves once the executor is gone too. */
export async function killHostWhile(code: string, entry?: string): Promise<void> {
  await using signs = await beacon()
  const step = `{ id: 'run', kind: 'code', options: {}, handler: async () => { ${light(signs.port)}; ${code} } }`
  await using doomed = await doomedHost({ step, entry })
  await signs.lit(1)
  doomed.host.kill('SIGKILL')
  await signs.out()
}
