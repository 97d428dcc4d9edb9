/** What was sensitive on a branch stays hidden when retention has removed that branch: what was made of it stays. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { hiddenText } from '../../src/model/sensitive/hidden.ts'
import { ended } from './moments.ts'
import { cairn, hostOf, workspaceOf } from './workspaces.ts'

const secret = 'sk-live-4711-hush'
const file = 'workflows/letter.ts'

const letter = (version: number, rest: string): string => `
  import { workflow, z } from 'cairn'
  export default workflow('letter', { version: ${version}, input: z.object({ token: z.string().meta({ sensitive: true }) }) })
    .step('prepare', ({ input }) => 'prepared with ' + input.token)
    ${rest}
`
const first = letter(1, ".step('write', { needs: ['prepare'], retry: { attempts: 1 } }, () => { throw new Error('refused') })")
const second = letter(2, ".step('write', { needs: ['prepare'] }, () => 'done').migrate(1, ({ input, ...rest }) => ({ ...rest, input: { token: 'another' } }))")

test('an input that another took the place of as the run went on with another definition', async () => {
  const workspace = await workspaceOf({ [file]: first, 'cairn.config.yaml': 'retention: { max_branches: 0 }\n' })
  const before = await hostOf(workspace)
  const { id: run } = await before.client.api.runs.start({ workflow: WorkflowName.parse('letter'), input: { token: secret } })
  await ended(before.client, run)
  await before.host.close()

  writeFileSync(join(workspace, file), second)
  const { client, host } = await hostOf(workspace)
  const back = ['restore', run, '2', '--present', '--reason', `no more ${secret}`]
  expect(await cairn([...back, '-w', workspace])).toMatchObject({ exitCode: 0 })
  await ended(client, run)
  for await (const item of await client.api.retention.apply({})) if (item.type === 'finished') expect(item.removed).toMatchObject({ checkpoints: 3 })
  await host.close()

  for (const command of ['state', 'branches', 'show', 'errors', 'journal', 'logs']) {
    const { out, err } = await cairn([command, run, '-w', workspace])
    expect(`${command}: ${out}${err}`).not.toContain(secret)
    if (command === 'state') expect(out).toContain(`prepared with ${hiddenText}`)
    if (command === 'branches') expect(out).toContain(`no more ${hiddenText}`)
  }
})
