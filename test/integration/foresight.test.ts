import { describe, expect, test } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import type { MailSummary } from '../../src/contract/mail.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { asked, ended } from './moments.ts'
import { hostOf, workspaceOf } from './workspaces.ts'

const letter = WorkflowName.parse('letter')
const files = {
  'workflows/letter.ts': `import { workflow, z } from 'cairn'
const Letter = z.object({ recipient: z.object({ email: z.email() }), copies: z.number().int().default(1) })
const Draft = z.object({ body: z.string().min(2) })
const context = z.object({ tenant: z.string() })
const enrich = (given) => ({ tenant: 'default', ...given })
export default workflow('letter', { version: 1, input: Letter, context, enrich })
  .step('draft', { output: Draft, effect: { repeat: 'unsafe' }, compensate: () => null }, () => ({ body: 'Dear reader' }))
  .approval('approve', {
    needs: ['draft'],
    edits: 'draft.body',
    actions: { primary: 'approve', secondary: ['revise', 'reject'] },
    next: { to: ['draft'], max: 1, choose: ({ action, note }) => action === 'revise' || note === 'again' ? 'draft' : undefined },
  })
  .email('send', { needs: ['approve'] }, ({ input: { recipient }, outputs }) => {
    return { to: recipient.email, subject: 'Hello', text: outputs.draft.body }
  })
  .step('file', { needs: ['send'], when: ({ input }) => input.copies > 1 }, () => null)
`,
}
const input = { recipient: { email: 'ada@example.com' } }

async function started() {
  const { host, client } = await hostOf(await workspaceOf(files))
  const { id: run } = await client.api.runs.start({ workflow: letter, input })
  const { decision } = await asked(client, run)
  return { host, client, run, decision: decision.id }
}

describe('before a decision', () => {
  test('each action says what is kept, what runs, what may, and what is touched outside', async () => {
    const { client, run, decision } = await started()
    const { version, actions } = await client.api.decisions.consequences({ run, decision })
    const { record } = await client.api.runs.get({ run })
    expect(version).toBe(record.version)
    expect(actions).toMatchObject([
      {
        action: 'approve',
        role: 'primary',
        outcome: 'goes_on',
        kept: ['draft', 'approve'],
        runs: [
          { step: 'send', kind: 'email', certain: true, typical: null },
          { step: 'file', kind: 'code', certain: false, why: 'only if its condition says so' },
        ],
        outside: [{ step: 'send', phase: 'run', repeat: 'unsafe', key: `${run}/send/1/0`, certain: true, summary: 'ada@example.com' }],
        compensates: [],
        refused: [],
      },
      {
        action: 'revise',
        outcome: 'loops_back',
        to: 'draft',
        iteration: 2,
        kept: [],
        runs: [
          { step: 'draft', certain: true, typical: expect.any(Number) },
          { step: 'approve', certain: true },
          { step: 'send', certain: false, why: 'once approve is decided' },
          { step: 'file', certain: false },
        ],
        outside: [{ key: `${run}/draft/2/0`, certain: true }, { key: `${run}/send/1/0`, certain: false, summary: null }],
      },
      {
        action: 'reject',
        outcome: 'ends',
        ends: 'cancelled',
        runs: [],
        outside: [{ step: 'draft', phase: 'compensate', key: `${run}/draft/1/0/compensate` }],
        compensates: ['draft'],
      },
    ])
  })

  test('an edit that does not fit is named, and the rest is told all the same', async () => {
    const { client, run, decision } = await started()
    const { actions } = await client.api.decisions.consequences({ run, decision, edit: 'x' })
    for (const action of actions) expect(action.refused).toMatchObject([{ class: 'validation', path: 'draft.body' }])
    expect(actions.map(({ outcome }) => outcome)).toEqual(['goes_on', 'loops_back', 'ends'])
    const fits = await client.api.decisions.consequences({ run, decision, edit: 'Dear Ada' })
    expect(fits.actions.flatMap(({ refused }) => refused)).toEqual([])
  })

  test('what is told goes by the note, as the definition does, and by the bound of the loop', async () => {
    const { client, run, decision } = await started()
    const noted = await client.api.decisions.consequences({ run, decision, note: 'again' })
    expect(noted.actions.map(({ outcome }) => outcome)).toEqual(['loops_back', 'loops_back', 'loops_back'])
    await client.api.decisions.decide({ run, decision, action: 'revise' })
    const stream = client.watchRun(run, { after: 0 })
    let opened = 0
    for await (const item of stream) {
      if (item.type === 'entry') opened += item.entry.events.filter(({ type }) => type === 'decision_opened').length
      if (opened === 2) break
    }
    await expect(client.api.decisions.consequences({ run, decision })).rejects.toMatchObject({ code: 'CONFLICT' })
    const { decision: second } = await asked(client, run)
    const { actions } = await client.api.decisions.consequences({ run, decision: second.id })
    const [, revise] = actions
    expect(revise).toMatchObject({ action: 'revise', outcome: 'refused', runs: [], refused: [{ path: 'action' }] })
    await expect(client.api.decisions.decide({ run, decision: second.id, action: 'revise' })).rejects.toMatchObject({
      code: 'REFUSED',
      data: { failures: revise?.refused },
    })
  })
})

async function firstMail(client: Client, opened: () => void): Promise<MailSummary> {
  for await (const item of await client.api.mail.watch()) {
    if (item.type === 'opened') opened()
    if (item.type === 'received') return item.mail
  }
  throw new Error('the stream ended without a message')
}

test('mail is heard of as it comes, and says which step sent it', async () => {
  const { client, run, decision } = await started()
  const opened = Promise.withResolvers<void>()
  const received = firstMail(client, opened.resolve)
  await opened.promise
  await client.api.decisions.decide({ run, decision, action: 'approve' })
  const mail = await received
  expect(mail).toMatchObject({ to: ['ada@example.com'], sentBy: { run, step: 'send', iteration: 1 } })
  expect(await client.api.mail.get({ id: mail.id })).toMatchObject(mail)

  const { id: other } = await client.api.runs.start({ workflow: letter, input })
  expect(await client.api.mail.list({ run })).toEqual({ mail: [mail] })
  expect(await client.api.mail.list({ run: other })).toEqual({ mail: [] })
  expect((await ended(client, run)).record.status).toBe('completed')
})

test('an input is checked as a start would check it, and nothing starts', async () => {
  const { client } = await hostOf(await workspaceOf(files))
  const check = (given: Omit<Parameters<typeof client.api.workflows.check>[0], 'workflow'>) =>
    client.api.workflows.check({ workflow: letter, ...given })
  expect(await check({ input })).toEqual({ failures: [] })
  const wrong = { recipient: { email: 'nobody' }, copies: 1.5 }
  const { failures } = await check({ input: wrong, context: { tenant: 5 } })
  expect(failures).toMatchObject([{ path: 'input.recipient.email' }, { path: 'input.copies' }])
  expect((await check({ input, context: { tenant: 5 } })).failures).toMatchObject([{ path: 'context.tenant' }])
  await expect(client.api.runs.start({ workflow: letter, input: wrong })).rejects.toMatchObject({ data: { failures } })
  expect(await client.api.runs.list({})).toEqual({ runs: [], next: null, damaged: [] })
  const nothing = client.api.workflows.check({ workflow: WorkflowName.parse('nothing'), input })
  await expect(nothing).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
