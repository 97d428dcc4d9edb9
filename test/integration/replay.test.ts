import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { StepId, WorkflowName } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import { asked, ended } from './moments.ts'
import { readMailbox } from './pop3.ts'
import { cairn, hostOf, workspaceOf } from './workspaces.ts'

const letter = WorkflowName.parse('letter')
const draft = StepId.parse('draft')
const files = {
  'workflows/letter.ts': `import { workflow, z } from 'cairn'
const Input = z.object({ to: z.email(), name: z.string().default('reader') })
const Draft = z.object({ body: z.string().min(2) })
const Room = z.object({ room: z.number() })
export default workflow('letter', { version: 1, input: Input })
  .step('draft', { output: Draft }, ({ input }) => ({ body: 'Dear ' + input.name }))
  .email('send', { needs: ['draft'] }, ({ input, outputs }) => ({ to: input.to, subject: 'Hello', text: outputs.draft.body }))
  .step('book', { needs: ['send'], output: Room, effect: { repeat: 'unsafe' } }, () => ({ room: 7 }))
`,
}
const mended = `import { workflow, z } from 'cairn'
const Input = z.object({ to: z.email(), tone: z.string() })
const Draft = z.object({ body: z.string().min(2) })
export default workflow('letter', { version: 2, input: Input })
  .step('draft', { output: Draft }, ({ input }) => ({ body: 'Hello ' + input.to }))
  .step('count', { needs: ['draft'] }, ({ outputs }) => outputs.draft.body.length)
  .email('send', { needs: ['count'] }, ({ input, outputs }) => ({ to: input.to, subject: input.tone, text: outputs.draft.body }))
  .migrate(1, ({ input, ...rest }) => ({ ...rest, input: { to: input.to, tone: 'plain' } }))
`
const input = { to: 'ada@example.com' }

/** A run that has sent its letter, in a workspace whose mail is caught. */
async function sent() {
  const workspace = await workspaceOf(files)
  const loads: (() => void)[] = []
  const { host, client } = await hostOf(workspace, { changed: (_, entry) => entry?.state === 'ready' && loads.forEach((hear) => hear()) })
  const { mail } = host.info()
  if (mail.to !== 'catcher' || mail.pop3 === null) throw new Error('mail of a new workspace goes to the catcher')
  const { pop3 } = mail
  const { id: run } = await client.api.runs.start({ workflow: letter, input })
  await ended(client, run)
  const { checkpoints } = await client.api.runs.checkpoints({ run })
  const drafted = checkpoints.find(({ step }) => step === draft)?.number ?? -1
  /** Its author mends the workflow; resolves once new runs would be of that. */
  const mend = (): Promise<void> => {
    const loaded = new Promise<void>((resolve) => loads.push(resolve))
    writeFileSync(join(workspace, 'workflows', 'letter.ts'), mended)
    return loaded
  }
  return { workspace, client, run, drafted, mend, letters: () => readMailbox(pop3) }
}

test('a letter that was sent is sent by no replay, until a person arms it', async () => {
  const { client, run, drafted, letters } = await sent()
  expect(await letters()).toHaveLength(1)
  const before = await client.api.runs.get({ run })
  const edits = { outputs: [{ step: draft, value: { body: 'Dear Eve' } }] }

  const told = await client.api.runs.previewReplay({ run, checkpoint: drafted, edits })
  expect(told).toMatchObject({
    becomes: 'waiting',
    reused: ['draft'],
    outside: [{ step: 'send', certain: false, before: [{ key: `${run}/send/1/0`, at: expect.any(Number), inDoubt: false }] }, { step: 'book', certain: false }],
    edits: [{ key: 'output/draft/1', before: { body: 'Dear reader' }, after: { body: 'Dear Eve' } }],
  })
  const { id: replay, origin } = await client.api.runs.replay({ run, checkpoint: drafted, edits, reason: 'for Eve' })
  expect(origin).toEqual({ run, checkpoint: drafted, edited: ['output/draft/1'] })
  const { decision: send } = await asked(client, replay, 'send')
  expect(send.kind).toBe('arm')
  const { actions: answers } = await client.api.decisions.consequences({ run: replay, decision: send.id })
  expect(answers.find(({ action }) => action === 'arm')?.outside[0]).toMatchObject({ step: 'send', key: `${replay}/send/1/0`, before: [{ key: `${run}/send/1/0`, inDoubt: false }] })
  expect(await letters()).toHaveLength(1)

  await client.api.decisions.decide({ run: replay, decision: send.id, action: 'arm' })
  const { id: decision } = (await asked(client, replay, 'book')).decision
  const vouch = (room: Json) => client.api.decisions.decide({ run: replay, decision, action: 'happened', edit: { room } })
  const wrong = vouch('seven')
  await expect(wrong).rejects.toMatchObject({ code: 'REFUSED', data: { failures: [{ path: 'book.room' }] } })
  await vouch(9)
  expect((await ended(client, replay)).record.status).toBe('completed')
  const [, second, ...more] = await letters()
  expect(second).toContain('Dear Eve')
  expect(more).toEqual([])
  expect(await client.api.mail.list({ run: replay })).toMatchObject({ mail: [{ sentBy: { run: replay, step: 'send', iteration: 1 } }] })
  expect({ ...(await client.api.runs.get({ run })), position: 0 }).toEqual({ ...before, position: 0 })
})

test('it is marked wherever runs are listed, and found by the run that it replays', async () => {
  const { client, run, drafted } = await sent()
  const { id: replay, origin } = await client.api.runs.replay({ run, checkpoint: drafted })
  const { runs: listed } = await client.api.runs.list({})
  expect(listed.map(({ id, origin: of }) => [id, of])).toEqual([[replay, origin], [run, null]])
  const found = async (query: string) => (await client.api.runs.search({ query })).runs.map(({ id }) => id)
  expect(await found(`replay:${run}`)).toEqual([replay])
  expect(await found('replay:*')).toEqual([replay])
  expect(await found('-replay:*')).toEqual([run])
  expect(await found('"Dear reader"')).toEqual([replay, run])
})

test('what is edited first is held against the schemas of the definition', async () => {
  const { client, run, drafted } = await sent()
  const preview = (edits: object) => client.api.runs.previewReplay({ run, checkpoint: drafted, edits })
  await expect(preview({ outputs: [{ step: draft, value: { body: '' } }] })).rejects.toMatchObject({
    code: 'REFUSED',
    data: { failures: [{ class: 'validation', path: 'draft.body' }] },
  })
  await expect(preview({ input: { to: 'nobody' } })).rejects.toMatchObject({ data: { failures: [{ path: 'input.to' }] } })
  const { edits } = await preview({ input: { to: 'eve@example.com' } })
  expect(edits).toEqual([{ key: 'input', before: { ...input, name: 'reader' }, after: { to: 'eve@example.com', name: 'reader' } }])
})

test('the command line says what a replay leads to, begins it, and arms it', async () => {
  const { workspace, client, run, drafted, mend, letters } = await sent()
  const at = (...args: string[]) => cairn([...args, '-w', workspace])
  const file = join(workspace, 'draft.json')
  writeFileSync(file, JSON.stringify({ body: 'Dear Eve' }))
  const replaying = ['replay', run, String(drafted), '--output', `draft=${file}`, '--reason', 'for Eve']

  const told = await at(...replaying, '--preview')
  expect(told.exitCode, told.err).toBe(0)
  expect(told.out).toContain('~ output/draft/1.body')
  expect(told.out).toMatch(new RegExp(`to be armed +send\\n +run ${run} did so .*, under ${run}/send/1/0`))
  expect((await client.api.runs.list({})).runs).toHaveLength(1)

  const begun = await at(...replaying)
  expect(begun.exitCode, begun.err).toBe(0)
  const [newest] = (await client.api.runs.list({})).runs
  if (newest === undefined) throw new Error('nothing was begun')
  expect(begun.out).toContain(newest.id)
  await asked(client, newest.id, 'send')
  expect((await at('show', newest.id)).out).toContain(`of ${run} from checkpoint ${drafted}, with output/draft/1 edited`)
  expect((await at('runs')).out).toContain('letter v1 (replay)')
  expect(await letters()).toHaveLength(1)
  expect((await at('decide', newest.id, 'arm', '--preview')).out).toMatch(new RegExp(`outside +send touches the outside world, under ${newest.id}/send/1/0\\n +run ${run} did so .*, under ${run}/send/1/0`))
  expect((await at('decide', newest.id, 'arm')).exitCode).toBe(0)
  expect((await asked(client, newest.id, 'book')).decision.kind).toBe('arm')
  expect(await letters()).toHaveLength(2)
  const mail = (await at('mail')).out
  expect(mail).toMatch(new RegExp(`send of ${newest.id} \\(replay\\)`))
  expect(mail).toMatch(new RegExp(`send of ${run} +\\w`))

  // Mended meanwhile: by the workflow as it is now, with another input and another output at once.
  const given = join(workspace, 'input.json')
  writeFileSync(given, JSON.stringify({ to: 'bob@example.com', tone: 'calm' }))
  await mend()
  const both = ['replay', run, String(drafted), '--present', '--input', given, '--output', `draft=${file}`]
  const foretold = await at(...both, '--preview')
  expect(foretold.out, foretold.err).toMatch(/goes on with +version 2, from version 1 by \.migrate\(1\)/)
  expect(foretold.out).toMatch(/reused +draft/)
  expect(foretold.out).toMatch(/new steps +count/)
  expect((await at(...both)).exitCode).toBe(0)
  const [present] = (await client.api.runs.list({})).runs
  expect(present).toMatchObject({ workflowVersion: 2, origin: { edited: ['input', 'output/draft/1'], pinned: { workflowVersion: 1 } } })
  expect((await at('show', present?.id ?? '')).out).toContain('by another definition than that of version 1 which that went by')

  const wrong = await at('replay', run, String(drafted), '--output', 'draft')
  expect([wrong.exitCode, wrong.err]).toEqual([2, expect.stringContaining('--output draft: write a step and a file')])
})
