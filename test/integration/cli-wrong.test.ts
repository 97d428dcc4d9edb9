/** What the command line says of what it is given wrong: a line that names it, and the way out. */
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { cairn, hostOf, starterWorkspace, type Typed } from './workspaces.ts'

const unknown = '01ARZ3NDEKTSV4RRFFQ69G5FAV'

describe('a run that waits for an answer', () => {
  let run = ''
  let input = ''
  let at = (..._args: string[]): Promise<Typed> => expect.fail()

  beforeEach(async () => {
    const workspace = await starterWorkspace()
    const { client } = await hostOf(workspace)
    at = (...args) => cairn([...args, '-w', workspace])
    input = join(workspace, 'inputs', 'greeting.json')
    await at('run', 'greeting', '-i', input)
    const { runs } = await client.api.runs.list({})
    run = runs[0]?.id ?? expect.fail()
  })

  test('is not meant by nothing, though it is the only one', async () => {
    for (const command of ['cancel', 'show', 'checkpoint']) {
      expect(await at(command, ''), command).toMatchObject({ exitCode: 2, err: 'no run is named: cairn runs lists those of this workspace' })
    }
    expect((await at('show', run)).out).toContain('waiting for a decision')
  })

  test('has checkpoints by number or branch, branches by number, and neither by anything else', async () => {
    for (const number of ['', ' ', '-1', '1.5', '1e2', '0x1', '+1', '99999999999999999999']) {
      for (const command of ['preview', 'restore', 'replay', 'state']) {
        const said = await at(command, run, number)
        expect(said, command).toMatchObject({ exitCode: 2, err: expect.stringMatching(/is no number of a checkpoint and no branch: cairn checkpoints \S+ and cairn branches \S+ list them$/) })
      }
      const said = await at('name-branch', run, number, 'a')
      expect(said).toMatchObject({ exitCode: 2, err: expect.stringMatching(/is no number of a branch: cairn branches \S+ lists them$/) })
    }
  })

  test('gives a branch a name, and takes it away', async () => {
    expect(await at('name-branch', run, '0', '  as it was ')).toMatchObject({ exitCode: 0, out: `${run}  branch 0 is called as it was` })
    expect((await at('branches', run)).out).toMatch(/^0 \* +as it was .*waiting for a decision/m)
    expect(await at('name-branch', run, '0')).toMatchObject({ exitCode: 0, out: `${run}  branch 0 has no name` })
    expect((await at('branches', run)).out).not.toContain('as it')
    expect(await at('name-branch', run, '3', 'a')).toMatchObject({ exitCode: 2, err: expect.stringMatching(/branch .*3: the newest branch of the run is 0/) })
    for (const name of [' ', 'a'.repeat(61), 'a\nb', 'a\u001b[2J']) {
      expect(await at('name-branch', run, '0', name), name).toMatchObject({ exitCode: 2, err: expect.stringMatching(/^name: .*$/) })
    }
  })

  test('is told of in one line for each of its rows, whatever people wrote', async () => {
    await at('checkpoint', run, '--note', 'one\n\n  two\u001b[2J')
    expect((await at('checkpoints', run)).out).toMatch(/manual .*  one two$/m)
  })

  test('says what is wrong once', async () => {
    expect(await at('decide', run, 'perhaps')).toMatchObject({
      exitCode: 2,
      err: 'action: perhaps is no answer to approve; use one of: approve, reject',
    })
    expect(await at('run', 'greeting', '-i', input, '-d', 'aprove=approve')).toMatchObject({
      exitCode: 2,
      out: '',
      err: '--decide aprove=approve: greeting has no step aprove; approve asks a person',
    })
  })

  test('moves no terminal by what it is given', async () => {
    const { err } = await at('show', 'a\u001b[2Jb')
    expect(err).toBe('no run ab: cairn runs lists those of this workspace')
  })

  test('is listed with others within bounds', async () => {
    for (const limit of ['', '5x', '-1']) {
      expect(await at('runs', '--limit', limit)).toMatchObject({ exitCode: 2, err: expect.stringContaining('a whole number, please') })
    }
    for (const limit of ['0', '1001']) {
      expect(await at('runs', '--limit', limit)).toMatchObject({ exitCode: 2, err: `--limit ${limit}: from 1 to 1000` })
    }
  })
})

test('a command that another one keeps waiting for too long says so', async () => {
  const workspace = await starterWorkspace()
  await hostOf(workspace, { role: 'act' })
  expect(await cairn(['pause', unknown, '-w', workspace])).toMatchObject({
    exitCode: 10,
    err: expect.stringMatching(/^another command \(process \d+\) is at work on .*: try again once it has ended, or start a host with cairn serve/),
  })
})

test('no workspace is meant by nothing', async () => {
  expect(await cairn(['runs', '-w', ''])).toMatchObject({ exitCode: 2, err: '--workspace names nothing: name a folder, or leave it out' })
})

test('a run that is not there is said to be not there, whatever is wanted of it', async () => {
  const workspace = await starterWorkspace()
  await hostOf(workspace)
  const commands = [
    ['show'], ['checkpoints'], ['state'], ['branches'], ['checkpoint'], ['pause'], ['resume'], ['cancel'],
    ['diff', '0', '0'], ['preview', '0'], ['restore', '0'], ['rollback', 'before'], ['replay', '0'], ['decide', 'approve'], ['name-branch', '0', 'a'],
  ] as const
  for (const [command, ...rest] of commands) {
    const said = await cairn([command, unknown, ...rest, '-w', workspace])
    expect(said, command).toMatchObject({ exitCode: 2, err: expect.stringMatching(new RegExp(`^no run ${unknown}: `)) })
  }
})
