import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { RunId, WorkflowName } from '../../src/model/ids.ts'
import { asked, ended } from './moments.ts'
import { cairn, hostOf, scratchFolder, starterWorkspace, type Typed, workspaceOf } from './workspaces.ts'

const Outcome = z.object({ run: RunId, status: z.string(), exitCode: z.int() })
const Runs = z.object({ runs: z.array(z.object({ id: RunId, status: z.string() })) })
const Mail = z.object({ mail: z.array(z.object({ id: z.string(), subject: z.string() })) })

/** The command line in one workspace, with the input of its workflow at hand. */
async function desk(running: boolean) {
  const workspace = await starterWorkspace()
  const client = running ? (await hostOf(workspace)).client : undefined
  const input = join(workspace, 'inputs', 'greeting.json')
  const at = (...args: string[]): Promise<Typed> => cairn([...args, '-w', workspace])
  const outcome = async (...args: string[]) => {
    const { out } = await at('run', 'greeting', '-i', input, '--json', ...args)
    return Outcome.parse(JSON.parse(out.split('\n').at(-1) ?? ''))
  }
  return { workspace, client, input, at, outcome }
}

describe.each([
  ['with a running host', true],
  ['with a host of its own', false],
])('the command line %s', (_, running) => {
  test('runs a workflow to its end, deciding as told, and shows what it came to', async () => {
    const { at, input } = await desk(running)
    const run = await at('run', 'greeting', '-i', input, '--decide', 'approve', '--note', 'fine')
    expect(run.exitCode, run.err).toBe(0)
    expect(run.out).toMatch(/write ● running\n.*write ✓ completed/s)
    expect(run.out).toContain('  write: writing to Ada')
    expect(run.out).toMatch(/send ✓ completed\n✓ completed in /)

    const listed = await at('runs', '--json')
    const [{ id } = { id: '' }] = Runs.parse(JSON.parse(listed.out)).runs
    expect((await at('runs')).out).toMatch(new RegExp(`✓ completed +greeting v1 +${id} `))
    const shown = await at('show', id.slice(-6).toLowerCase())
    expect(shown.out).toContain(id)
    expect(shown.out).toMatch(/write +✓ completed/)
    expect((await at('checkpoints', id)).out).toMatch(/^0 +step_start.*\n1 +step_complete +write/m)
    expect((await at('state', id)).out).toContain('subject: Hello')
    expect((await at('state', id, '0')).out).not.toContain('subject: Hello')

    const received = Mail.parse(JSON.parse((await at('mail', '--json')).out)).mail
    expect(received).toMatchObject([{ subject: 'Hello' }])
    expect((await at('mail')).out).toMatch(new RegExp(`Hello +\\w+ of ${id} `))
    expect((await at('mail', received[0]?.id.slice(-6) ?? '')).out).toContain('this came from a workflow.')
  })

  test('leaves a run that nobody decides here waiting, and takes the decision later', async () => {
    const { at, outcome, workspace, client } = await desk(running)
    const { run, status, exitCode } = await outcome()
    expect([status, exitCode]).toEqual(['waiting', 4])
    expect((await at('show', run)).out).toContain('approve asks for a decision: approve, reject')

    const edit = join(workspace, 'edit.txt')
    writeFileSync(edit, 'Dear Ada\n')
    expect((await at('decide', run, 'approve', '--edit', edit, '--note', 'shorter')).exitCode).toBe(0)
    if (client !== undefined) await ended(client, run)
    expect((await at('show', run, '--json')).out).toContain('"status":"completed"')
    const [mail] = Mail.parse(JSON.parse((await at('mail', '--json')).out)).mail
    expect((await at('mail', mail?.id ?? '')).out).toMatch(/\n\nDear Ada$/)
    expect(await at('decide', run, 'approve')).toMatchObject({ exitCode: 2, err: expect.stringContaining('waits for no decision') })
  })

  test('pauses, resumes and cancels', async () => {
    const { at, outcome } = await desk(running)
    const { run } = await outcome()
    expect((await at('pause', run)).out).toContain('paused')
    expect((await at('resume', run)).out).toContain('waiting')
    expect((await at('cancel', run, '--reason', 'a mistake')).out).toContain('cancelled')
    expect(await at('cancel', run)).toMatchObject({ exitCode: 5, err: expect.stringContaining('cancelled') })
    expect((await at('runs', '--status', 'cancelled', '--json')).out).toContain(run)
  })

  test('says what is wrong, in words, with an exit code of its own', async () => {
    const { at, input, workspace } = await desk(running)
    const wrong = join(workspace, 'wrong.json')
    writeFileSync(wrong, '{"name":"Ada","address":"nowhere"}')
    const refused = await at('run', 'greeting', '-i', wrong)
    expect(refused).toMatchObject({ exitCode: 2, err: expect.stringContaining('input.address') })
    expect(await at('run', 'nothing', '-i', input)).toMatchObject({ exitCode: 2, err: expect.stringContaining('the workspace has greeting') })
    expect(await at('run', 'greeting', '-i', 'no-such-file')).toMatchObject({ exitCode: 2, err: expect.stringContaining('no-such-file') })
    expect(await at('run', 'greeting')).toMatchObject({ exitCode: 2, err: expect.stringContaining('--input') })
    expect(await at('show', 'zzz')).toMatchObject({ exitCode: 2, err: expect.stringContaining('no run zzz') })
    expect(await at('runs', '--status', 'red')).toMatchObject({ exitCode: 2, err: expect.stringContaining('completed') })
    expect(await at('mail', 'zzz')).toMatchObject({ exitCode: 2, err: expect.stringContaining('no message zzz') })
    expect(await at('paint')).toMatchObject({ exitCode: 2 })
    expect((await at('runs')).err).toContain('no runs')
  })
})

describe('the command line', () => {
  test('ends with what became of the run: failed and cancelled have codes of their own', async () => {
    const workspace = await workspaceOf({
      'workflows/failing.ts': `
        import { workflow, z, PermanentError } from 'cairn'
        export default workflow('failing', { version: 1, input: z.object({}) })
          .step('fail', () => { throw new PermanentError('there is no such account') })
      `,
      'input.json': '{}',
    })
    const failed = await cairn(['run', 'failing', '-w', workspace, '-i', join(workspace, 'input.json')])
    expect(failed).toMatchObject({ exitCode: 1, out: expect.stringContaining('there is no such account') })
    const { outcome } = await desk(false)
    expect(await outcome('--decide', 'approve=reject')).toMatchObject({ status: 'cancelled', exitCode: 3 })
    expect(await outcome('--decide', 'perhaps')).toMatchObject({ status: 'waiting', exitCode: 4 })
  })

  test('asks who sits at the terminal, and takes an edit from their editor', async () => {
    const workspace = await starterWorkspace()
    const editor = { EDITOR: `${process.execPath} -e "fs.writeFileSync(process.argv[1], 'Dear Ada')"` }
    const args = ['run', 'greeting', '-w', workspace, '-i', join(workspace, 'inputs', 'greeting.json')]
    const { exitCode, out } = await cairn(args, ['perhaps', 'edit', 'shorter'], editor)
    expect(exitCode).toBe(0)
    expect(out).toContain('approve asks for a decision')
    expect(out).toContain('subject: Hello')
    expect(out).toContain('perhaps is none of approve, reject, edit')
    const [mail] = Mail.parse(JSON.parse((await cairn(['mail', '-w', workspace, '--json'])).out)).mail
    expect((await cairn(['mail', mail?.id ?? '', '-w', workspace])).out).toMatch(/\n\nDear Ada$/)
  })

  test('asks again where an edit was refused, and says why', async () => {
    const workspace = await workspaceOf({
      'workflows/short.ts': `
        import { workflow, z } from 'cairn'
        export default workflow('short', { version: 1, input: z.object({}) })
          .step('draft', { output: z.object({ body: z.string().max(5) }) }, () => ({ body: 'short' }))
          .approval('approve', { needs: ['draft'], edits: 'draft.body', actions: { primary: 'approve' } })
      `,
      'input.json': '{}',
    })
    const tried = JSON.stringify(join(workspace, 'tried'))
    const editor = join(workspace, 'editor.cjs')
    writeFileSync(
      editor,
      `const { existsSync, writeFileSync } = require('node:fs')
       writeFileSync(process.argv[2], existsSync(${tried}) ? 'brief' : 'too long')
       writeFileSync(${tried}, '')`,
    )
    const args = ['run', 'short', '-w', workspace, '-i', join(workspace, 'input.json')]
    const typed = await cairn(args, ['edit', '', 'edit', ''], { EDITOR: `${process.execPath} ${editor}` })
    expect(typed).toMatchObject({ exitCode: 0, err: expect.stringContaining('draft.body') })
    expect((await cairn(['runs', '-w', workspace, '--json'])).out).toContain('"status":"completed"')
  })

  test('reads and decides through the host of another command, and starts nothing there', async () => {
    const workspace = await starterWorkspace()
    const { host, client } = await hostOf(workspace, { role: 'start' })
    const greeting = WorkflowName.parse('greeting')
    const { id } = await client.api.runs.start({ workflow: greeting, input: { name: 'Ada', address: 'ada@example.com' } })
    await asked(client, id)
    expect((await cairn(['show', id, '-w', workspace])).out).toContain('asks for a decision')
    expect(await cairn(['decide', id, 'approve', '-w', workspace])).toMatchObject({ exitCode: 0 })
    await ended(client, id)

    const input = join(workspace, 'inputs', 'greeting.json')
    const next = cairn(['run', 'greeting', '-w', workspace, '-i', input, '--decide', 'reject'])
    await host.close()
    expect(await next).toMatchObject({ exitCode: 3 })
  })

  test('asks once whether a folder may be trusted', async () => {
    const workspace = scratchFolder()
    const input = join(workspace, 'input.json')
    writeFileSync(input, '{}')
    expect(await cairn(['init', join(workspace, 'made')])).toMatchObject({ exitCode: 0 })
    writeFileSync(join(workspace, 'cairn.config.yaml'), '')
    const run = ['run', 'nothing', '-w', workspace, '-i', input]
    expect(await cairn(run)).toMatchObject({ exitCode: 13, err: expect.stringContaining('--trust') })
    expect(await cairn(run, ['no'])).toMatchObject({ exitCode: 13, out: expect.stringContaining('Do you trust this folder?') })
    expect(await cairn(run, ['y'])).toMatchObject({ exitCode: 2, err: expect.stringContaining('no workflow nothing') })
    expect(await cairn(run)).toMatchObject({ exitCode: 2 })
  })

  test('reads a workspace that nobody trusts, since nothing of it runs', async () => {
    const workspace = scratchFolder()
    writeFileSync(join(workspace, 'cairn.config.yaml'), '')
    expect(await cairn(['runs', '-w', workspace])).toMatchObject({ exitCode: 0, err: expect.stringContaining('no runs') })
  })

  test('makes a workspace only where nothing stands', async () => {
    const folder = scratchFolder()
    writeFileSync(join(folder, 'mine.txt'), 'mine')
    expect(await cairn(['init', folder])).toMatchObject({ exitCode: 16, err: expect.stringContaining('not empty') })
    const below = join(folder, 'mine.txt', 'below')
    expect(await cairn(['init', below])).toMatchObject({ exitCode: 16, err: expect.stringContaining('stands below a file: name one that is empty') })
  })
})
