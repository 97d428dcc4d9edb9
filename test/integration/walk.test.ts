import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { RunId } from '../../src/model/ids.ts'
import { ended } from './moments.ts'
import { readMailbox } from './pop3.ts'
import { cairn, exampleWorkspace, hostOf } from './workspaces.ts'

const Outcome = z.object({ type: z.literal('outcome'), run: RunId, status: z.string() })
const Letter = z.object({ subject: z.string(), body: z.string(), quality: z.number() })

test('the example runs from a JSON file, is approved, and its message is received', async () => {
  const workspace = await exampleWorkspace()
  const { host, client } = await hostOf(workspace)
  const { mail } = host.info()
  if (mail.to !== 'catcher' || mail.pop3 === null) throw new Error('mail of a new workspace goes to the catcher')

  const input = join(workspace, 'inputs', 'first-contact.json')
  const waiting = await cairn(['run', 'outreach', '-w', workspace, '--input', input, '--json'])
  expect(waiting.exitCode, waiting.err).toBe(4)
  const { run, status } = Outcome.parse(JSON.parse(waiting.out.split('\n').at(-1) ?? ''))
  expect(status).toBe('waiting')
  expect(await readMailbox(mail.pop3)).toEqual([])

  const approved = await cairn(['decide', run, 'approve', '-w', workspace, '--note', 'off it goes'])
  expect(approved.exitCode, approved.err).toBe(0)
  expect((await ended(client, run)).record.status).toBe('completed')

  const { outputs } = await client.api.runs.state({ run })
  const letters = Object.entries(outputs).flatMap(([step, passes]) => (step === 'finalise' ? passes : []))
  const [first, second] = letters.map(({ output }) => Letter.parse(output))
  expect(first?.quality).toBeLessThan(80)
  expect(second?.quality).toBeGreaterThanOrEqual(80)

  const [received = '', ...more] = await readMailbox(mail.pop3)
  expect(more).toEqual([])
  const message = await PostalMime.parse(received)
  expect(message.to?.map(({ address }) => address)).toEqual(['ana.lima@example.com'])
  expect(message.subject).toBe(second?.subject)
  expect(message.text?.replaceAll('\r\n', '\n').trim()).toBe(second?.body.trim())
})
