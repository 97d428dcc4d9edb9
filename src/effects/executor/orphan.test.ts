import { spawn } from 'node:child_process'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { beacon, light } from './beacon.fixture.ts'

const doomed = fileURLToPath(new URL('orphan.fixture.ts', import.meta.url))

describe('when the host is killed', () => {
  it.each([
    ['waits', 'await never'],
    ['computes for ever', 'for (;;);'],
    ['has started a program and blocks on it', `require('node:child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify('setInterval(() => {}, 1000)')}])`],
  ])('an executor dies with it that %s', async (_, code) => {
    await using signs = await beacon()
    await using folder = await mkdtempDisposable(join(tmpdir(), 'cairn-orphan-'))
    const handler = `async () => { ${light(signs.port)}; ${code} }`
    const host = spawn(process.execPath, [doomed, handler], { stdio: 'inherit', env: { ...process.env, TMPDIR: folder.path } })
    await signs.lit(1)
    host.kill('SIGKILL')
    await signs.out()
    expect(host.killed).toBe(true)
  })
})
