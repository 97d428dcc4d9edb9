import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { ended } from './moments.ts'
import { hostOf, workspaceOf } from './workspaces.ts'

test('an output over the limit that the workspace sets fails its attempt, and step and path are named', async () => {
  const workspace = await workspaceOf({
    'cairn.config.yaml': 'store:\n  value_limit: 2kB\n',
    'workflows/long.ts': `import { workflow, z } from 'cairn'
export default workflow('long', { version: 1, input: z.object({ length: z.number(), letter: z.string().default('x') }), checkpoints: 'around' })
  .step('write', ({ input }) => ({ letter: { to: 'Ada', body: input.letter.repeat(input.length) } }))
`,
  })
  const { client } = await hostOf(workspace)
  const begin = (length: number, letter = 'x') => client.api.runs.start({ workflow: WorkflowName.parse('long'), input: { length, letter } })
  const short = await ended(client, (await begin(1_000)).id)
  expect(short.record.status).toBe('completed')
  const { checkpoints } = await client.api.runs.checkpoints({ run: short.record.id })
  expect(checkpoints.map(({ type, step }) => [type, step])).toEqual([
    ['step_start', null],
    ['step_start', 'write'],
    ['step_complete', 'write'],
  ])

  const failure = {
    name: 'ValueRefused',
    path: 'letter.body',
    message: expect.stringMatching(/^what write answered cannot be kept: the value takes more than 2000 bytes \(reached at letter\.body\)/),
  }
  for (const [length, letter] of [[2_000, 'x'], [1_000, 'é'], [1_000, '\n'], [1_985, 'x']] as const) {
    const { record, attempts } = await ended(client, (await begin(length, letter)).id)
    expect(record).toMatchObject({ status: 'failed', failure })
    expect(attempts).toMatchObject([{ step: 'write', status: 'failed', failure }])
  }
})
