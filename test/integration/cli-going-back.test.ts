import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { RunId, WorkflowName } from '../../src/model/ids.ts'
import { cairn, hostOf, starterWorkspace, type Typed, workspaceOf } from './workspaces.ts'

const Started = z.object({ run: RunId, status: z.string() })
const Branches = z.object({ branches: z.array(z.object({ number: z.int(), why: z.string().nullable(), status: z.string() })) })
const Diff = z.object({ from: z.int(), to: z.int(), differences: z.array(z.object({ path: z.array(z.string()), kind: z.string() })) })

/** The command line in one workspace, and a run of it that has sent its letter. */
async function desk(running: boolean) {
  const workspace = await starterWorkspace()
  if (running) await hostOf(workspace)
  const at = (...args: string[]): Promise<Typed> => cairn([...args, '-w', workspace])
  const sitting = (answer: string, ...args: string[]): Promise<Typed> => cairn([...args, '-w', workspace], [answer])
  const input = join(workspace, 'inputs', 'greeting.json')
  const { out } = await at('run', 'greeting', '-i', input, '--decide', 'approve', '--json')
  const { run } = Started.parse(JSON.parse(out.split('\n').at(-1) ?? ''))
  return { at, sitting, run }
}

describe.each([
  ['with a running host', true],
  ['with a host of its own', false],
])('the command line %s', (_, running) => {
  test('says what going back leads to, and asks once where the outside world is touched', async () => {
    const { at, sitting, run } = await desk(running)
    const told = await at('preview', run, '1')
    expect(told.exitCode, told.err).toBe(0)
    expect(told.out).toMatch(/^back to checkpoint 1; the run leaves branch 0 for a new one, 1, and is ● running$/m)
    expect(told.out).toMatch(/^ {2}reused +write$/m)
    expect(told.out).toMatch(/^ {2}runs again +approve/m)
    expect(told.out).toMatch(new RegExp(`^ {2}outside +send may touch the outside world, under ${run}/send/1/1\\n +did so .*, under ${run}/send/1/0$`, 'm'))

    const refused = await at('restore', run, '1')
    expect(refused).toMatchObject({ exitCode: 2, err: expect.stringContaining('this may touch the outside world (send): --yes') })
    expect(await sitting('n', 'restore', run, '1')).toMatchObject({ exitCode: 2, err: 'nothing was changed' })
    expect((await at('show', run)).out).toMatch(/send +✓ completed/)

    const sent = await sitting('y', 'restore', run, '1', '--reason', 'another word')
    expect(sent.exitCode, sent.err).toBe(0)
    expect(sent.out).toContain('this may touch the outside world: go back to checkpoint 1? [y/N] ')
    expect(sent.out).toMatch(new RegExp(`^${run} {2}branch 1 {2}`, 'm'))
    const shown = await at('show', run)
    expect(shown.out).toMatch(/^ {2}write +✓ completed/m)
    expect(shown.out).toMatch(/^ {2}branch +1, since somebody sent the run back/m)

    expect((await at('branches', run)).out).toMatch(/^0 .*✓ completed.*\n1 \* +1 of 0 .*another word$/m)
    const again = await at('restore', run, '0', '--yes', '--json')
    expect(again.exitCode, again.err).toBe(0)
    const { branches } = Branches.parse(JSON.parse((await at('branches', run, '--json')).out))
    expect(branches).toMatchObject([{ status: 'completed' }, { why: 'another word' }, { number: 2, why: 'Restarted from the beginning' }])
  })

  test('takes a checkpoint of what goes on, and tells checkpoints apart', async () => {
    const { at, run } = await desk(running)
    expect(await at('checkpoint', run)).toMatchObject({ exitCode: 2, err: expect.stringContaining('look at it there, or go back to it') })
    await at('restore', run, '1', '--yes')
    const taken = await at('checkpoint', run, '--note', 'as it waits')
    expect(taken.out).toMatch(new RegExp(`^${run} {2}checkpoint \\d+$`))
    expect((await at('checkpoints', run)).out).toMatch(/manual .*as it waits$/m)

    const { out } = await at('diff', run, '0', '1')
    expect(out).toMatch(/^\+ outputs\.write +\{.*"subject":"Hello/m)
    expect(out).toMatch(/^\+ steps\.write +\{.*completed/m)
    const { differences } = Diff.parse(JSON.parse((await at('diff', run, '1', '0', '--json')).out))
    expect(differences).toContainEqual({ path: ['outputs', 'write'], kind: 'removed' })
    expect(await at('diff', run, '1', '1')).toMatchObject({ exitCode: 0, out: '', err: 'nothing is different between 1 and 1' })

    // A branch stands for where it was left: the first one had sent what the second still asks about.
    expect(await at('name-branch', run, '1', 'second try')).toMatchObject({ exitCode: 0 })
    const onward = Diff.parse(JSON.parse((await at('diff', run, 'main', 'branch:1', '--json')).out))
    expect(onward.differences).toContainEqual({ path: ['outputs', 'send'], kind: 'removed' })
    const back = Diff.parse(JSON.parse((await at('diff', run, 'second try', 'branch:0', '--json')).out))
    expect(back).toMatchObject({ from: onward.to, to: onward.from })
    expect(back.differences).toContainEqual({ path: ['outputs', 'send'], kind: 'added' })

    // It is gone back to by its name as well, which asks for nothing, and is taken back in the words that it says.
    const there = await at('restore', run, 'main')
    expect(there.exitCode, there.err).toBe(0)
    expect(there.out).toMatch(new RegExp(`^${run} {2}branch 2 {2}✓ completed\nto take it back: cairn restore ${run} branch:1$`, 'm'))
    expect((await at('state', run, 'main')).out).toContain('subject: Hello')
    expect((await at('preview', run, 'branch:1')).out).toMatch(/of second try|of branch 1/)
  })

  test('says which checkpoints there are not', async () => {
    const { at, run } = await desk(running)
    expect(await at('restore', run, 'first')).toMatchObject({ exitCode: 2, err: expect.stringContaining('cairn checkpoints') })
    expect(await at('preview', run, '99')).toMatchObject({ exitCode: 2, err: expect.stringContaining('99') })
    expect(await at('diff', run, '0', '99')).toMatchObject({ exitCode: 2, err: expect.stringContaining('99') })
    expect(await at('diff', run, '0', 'branch:9')).toMatchObject({ exitCode: 2, err: expect.stringContaining('branch:9 is no number of a checkpoint and no branch: cairn checkpoints') })
  })
})

const pipeline = `
import { workflow, z } from 'cairn'

export default workflow('pipeline', { version: 1, input: z.object({}) })
  .step('build', () => ({ artefact: 'a' }))
  .step(
    'deploy',
    {
      needs: ['build'],
      savepoint: 'before-deploy',
      output: z.object({ place: z.string() }),
      compensate: { run: ({ output, log }) => log.info('took down ' + output.place), timeout: '5s' },
    },
    () => ({ place: 'live' }),
  )
  .approval('accept', { needs: ['deploy'], actions: { primary: 'approve' } })
`

test('a run is rolled back to a savepoint: it is told what is undone, and asked once', async () => {
  const workspace = await workspaceOf({ 'workflows/pipeline.ts': pipeline, 'inputs/none.json': '{}' })
  const { client } = await hostOf(workspace)
  const at = (...args: string[]): Promise<Typed> => cairn([...args, '-w', workspace])
  const { id: run } = await client.api.runs.start({ workflow: WorkflowName.parse('pipeline'), input: {} })
  await expect.poll(async () => (await client.api.runs.get({ run })).record.waiting).toBe('decision')

  expect(await at('rollback', run, 'nowhere')).toMatchObject({ exitCode: 2, err: expect.stringContaining('its workflow has none of that name; it has passed before-deploy') })
  const told = await at('rollback', run, 'before-deploy', '--preview')
  expect(told.out).toMatch(/^back to the savepoint before-deploy, before deploy$/m)
  expect(told.out).toMatch(/^ {2}is undone +1\. deploy$/m)
  expect(told.out).toMatch(/^ {2}reused +build$/m)
  expect(await at('rollback', run, 'before-deploy')).toMatchObject({ exitCode: 2, err: expect.stringContaining('(deploy): --yes') })

  const sent = await at('rollback', run, 'before-deploy', '--yes', '--reason', 'the wrong place')
  expect(sent.exitCode, sent.err).toBe(0)
  expect(sent.out).toMatch(new RegExp(`^${run} {2}back to before-deploy {2}`, 'm'))
  await expect.poll(async () => (await client.api.runs.get({ run })).record).toMatchObject({ branch: 1, waiting: 'decision' })
  expect((await at('branches', run)).out).toContain('rolled back to before-deploy: the wrong place')
  const logged = async () => (await client.api.runs.signals({ run, limit: 100 })).signals.flatMap((signal) => (signal.type === 'log' ? signal.message : []))
  await expect.poll(logged).toEqual(['took down live'])
})
