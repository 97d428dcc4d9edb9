import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { connectSocket } from '../../src/client/socket.ts'
import { RunId } from '../../src/model/ids.ts'
import { cairn, hostOf, type Typed, workspaceOf } from './workspaces.ts'

/** A letter whose first version cannot be sent. */
const first = `
import { workflow, z } from 'cairn'
export default workflow('letter', { version: 1, input: z.object({ to: z.string() }) })
  .step('write', ({ input }) => ({ body: 'Dear ' + input.to }))
  .step('check', { needs: ['write'] }, () => 'fine')
  .step('send', { needs: ['check'], retry: { attempts: 1 } }, () => { throw new Error('no such server') })
`
/** Its author has mended it: several recipients, no check, and a step before the last. */
const second = (migration: string): string => `
import { workflow, z } from 'cairn'
export default workflow('letter', { version: 2, input: z.object({ to: z.array(z.string()) }) })
  .step('write', { output: z.object({ body: z.string(), words: z.number() }) }, () => ({ body: '', words: 0 }))
  .step('sign', { needs: ['write'] }, ({ outputs }) => outputs.write.body + ', yours')
  .step('send', { needs: ['sign'] }, ({ input, outputs }) => outputs.sign + ' to ' + input.to.join())
  ${migration}
`
const migration = `.migrate(1, ({ input, outputs, ...rest }) => ({
    ...rest,
    input: { to: [String(input.to)] },
    outputs: { ...outputs, write: { body: 'Dear all', words: 2 } },
  }))`

const Started = z.object({ run: RunId, status: z.string() })
const State = z.object({ input: z.unknown(), outputs: z.record(z.string(), z.array(z.object({ output: z.unknown() }))) })

async function failedLetter(text = first): Promise<{ workspace: string; run: RunId; at: (...args: string[]) => Promise<Typed> }> {
  const workspace = await workspaceOf({ 'workflows/letter.ts': text, 'ada.json': '{ "to": "ada" }' })
  const at = (...args: string[]): Promise<Typed> => cairn([...args, '-w', workspace])
  const { out, err } = await at('run', 'letter', '-i', join(workspace, 'ada.json'), '--json')
  const { run, status } = Started.parse(JSON.parse(out.split('\n').at(-1) ?? err))
  expect(status).toBe('failed')
  return { workspace, run, at }
}

function mend(workspace: string, text: string): void {
  writeFileSync(join(workspace, 'workflows', 'letter.ts'), text)
}

describe('a run whose workflow has been mended', () => {
  test('goes on with the present definition, and back to the old one', { timeout: 120_000 }, async () => {
    const { workspace, run, at } = await failedLetter()
    mend(workspace, second(migration))

    const told = await at('preview', run, '2', '--present')
    expect(told.exitCode, told.err).toBe(0)
    expect(told.out).toMatch(/^ {2}goes on with +version 2, from version 1 by \.migrate\(1\)$/m)
    expect(told.out).toMatch(/^ {2}new steps +sign$/m)
    expect(told.out).toMatch(/^ {2}dropped +check$/m)
    expect(told.out).toMatch(/^ {2}migrated +input, output\/write\/1$/m)
    expect(told.out).toMatch(/^ {2}reused +write$/m)

    const sent = await at('restore', run, '2', '--present', '--reason', 'mended')
    expect(sent.exitCode, sent.err).toBe(0)
    const { input, outputs } = State.parse(JSON.parse((await at('state', run, '--json')).out))
    expect(input).toEqual({ to: ['ada'] })
    expect(outputs).toMatchObject({ write: [{ output: { body: 'Dear all', words: 2 } }], send: [{ output: 'Dear all, yours to ada' }] })
    expect(outputs).not.toHaveProperty('check')
    expect((await at('branches', run)).out).toMatch(/^0 +\d+ +1 +✗ failed.*\n1 \* +2 of 0 +\d+ +2 +✓ completed.*mended$/m)

    const back = await at('restore', run, '1')
    expect(back).toMatchObject({ exitCode: 0, out: expect.stringMatching(/branch 2 {2}✗ failed/) })
    expect((await at('show', run)).out).toContain('no such server')
    expect((await at('branches', run)).out).toMatch(/^2 \* +1 of 0 +\d+ +1 +✗ failed/m)
  })

  test('is told what is missing where there is no migration', { timeout: 120_000 }, async () => {
    const { workspace, run, at } = await failedLetter()
    mend(workspace, second(''))
    const refused = { exitCode: 2, err: expect.stringContaining('write .migrate(1, …) in workflows/letter.ts') }
    expect(await at('preview', run, '2', '--present')).toMatchObject(refused)
    expect(await at('restore', run, '2', '--present')).toMatchObject(refused)
    expect((await at('branches', run)).out).not.toContain('1 *')
  })

  test('is told by path what the schemas refuse; of two clients one wins', { timeout: 120_000 }, async () => {
    const { workspace, run, at } = await failedLetter()
    mend(workspace, second(`.migrate(1, (state) => state)`))
    const refused = await at('preview', run, '2', '--present')
    expect(refused).toMatchObject({ exitCode: 2, err: expect.stringContaining('input.to') })
    expect(refused.err).toContain('outputs.write.words')

    mend(workspace, second(migration))
    const { host, client } = await hostOf(workspace)
    const other = connectSocket(host.socket)
    onTestFinished(() => other.close())
    const { version, revision, migration: way } = await client.api.runs.preview({ run, checkpoint: 2, definition: 'present' })
    expect(way).toMatchObject({ from: 1, versions: [1], notTakenBack: [] })
    const request = { run, checkpoint: 2, definition: 'present' as const, revision: revision.hash, seen: version }
    const both = await Promise.allSettled([client.api.runs.restore(request), other.api.runs.restore(request)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const { branches } = await client.api.runs.branches({ run })
    expect(branches).toMatchObject([{ workflowVersion: 1 }, { workflowVersion: 2, revision: revision.hash }])
  })

  test('keeps what a fallback put out, by the schema of that', { timeout: 120_000 }, async () => {
    const letter = (why: string, migration = '', fallback = 'later'): string => `
import { workflow, z } from 'cairn'
export default workflow('letter', { version: ${migration === '' ? 1 : 2}, input: z.object({ to: z.string() }) })
  .step('send', { output: z.object({ sent: z.boolean() }), fallback: '${fallback}', retry: { attempts: 1 } }, () => { throw new Error('${why}') })
  .step('${fallback}', { onlyAsFallback: true, output: z.object({ queued: z.string() }) }, () => ({ queued: 'tomorrow' }))
  .step('file', { needs: ['send'], retry: { attempts: 1 } }, () => { throw new Error('${why}') })
  ${migration}
`
    const { workspace, run, at } = await failedLetter(letter('no such server'))
    const identity = '.migrate(1, (state) => state)'
    for (const text of [letter('no such host'), letter('no such host', identity)]) {
      mend(workspace, text)
      const reuses = { exitCode: 0, out: expect.stringMatching(/^ {2}reused +send, later$/m) }
      expect(await at('preview', run, '2', '--present')).toMatchObject(reuses)
      expect(await at('replay', run, '2', '--present', '--preview')).toMatchObject(reuses)
    }
    mend(workspace, letter('no such host', identity, 'tomorrow'))
    expect(await at('preview', run, '2', '--present')).toMatchObject({
      exitCode: 2,
      err: expect.stringMatching(/outputs\.send\.sent.*later made it, which stands in for send no more.*mend the migration to version 2/s),
    })
  })
})
