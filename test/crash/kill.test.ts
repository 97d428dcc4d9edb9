/**
 * A host is killed at random moments while reviewers are at work, over and over, and the next one takes over.
 *
 * Outside the store stand a ledger, to which every handler adds a line when it begins, and a mail catcher that no kill
 * touches. Held against the journal they show that every run ends, that no completed step ran again, and that no mail
 * was sent twice.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as moment } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { Client } from '../../src/client/client.ts'
import { systemClock } from '../../src/effects/clock.ts'
import { type MailCatcher, startMailCatcher } from '../../src/effects/mail-catcher/mail-catcher.ts'
import { systemRandomness } from '../../src/effects/randomness.ts'
import type { JournalEntry } from '../../src/model/entry.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { isEnded } from '../../src/model/status.ts'
import { scratchFolder, workspaceOf } from '../integration/workspaces.ts'
import { HostProcess } from './killed-host.ts'

const kills = Math.max(5, Math.round(10 * Number(process.env['CAIRN_SCALE'] ?? 0.1)))
/** Runs that each host is given before it is killed. */
const runsEach = 2
/** The longest time from the first reviewer's start to the kill, in milliseconds. */
const longest = 60
const letter = WorkflowName.parse('letter')

/** Four reviewers at once between a draft and an e-mail; each handler says in the ledger that it began, and for whom. */
const workflowWith = (ledger: string): string => `
  import { appendFileSync } from 'node:fs'
  import { setTimeout as delay } from 'node:timers/promises'
  import { workflow, z } from 'cairn'

  const host = process.ppid
  const work = (millis) => async ({ idempotencyKey }) => {
    appendFileSync(${JSON.stringify(ledger)}, idempotencyKey + ' ' + host + '\\n')
    await delay(millis)
    return millis
  }

  export default workflow('letter', { version: 1, input: z.object({}) })
    .step('draft', work(1))
    .step('grammar', { needs: ['draft'] }, work(10))
    .step('style', { needs: ['draft'] }, work(20))
    .step('clarity', { needs: ['draft'] }, work(30))
    .step('coherence', { needs: ['draft'] }, work(40))
    .step('finalise', { needs: ['grammar', 'style', 'clarity', 'coherence'] }, work(1))
    .email('send', { needs: ['finalise'] }, () => ({ to: 'ada@example.com', subject: 'Hello', text: 'Hello' }))
    .step('note', { needs: ['send'] }, work(1))
`

async function letterWorkspace() {
  const folder = scratchFolder()
  const ledger = join(folder, 'ledger')
  writeFileSync(ledger, '')
  mkdirSync(join(folder, 'mail'))
  const parts = { clock: systemClock, randomness: systemRandomness(), troubled: () => {} }
  const catcher = await startMailCatcher({ ...parts, folder: join(folder, 'mail'), port: 0 })
  onTestFinished(() => catcher.close())
  const workspace = await workspaceOf({
    'workflows/letter.ts': workflowWith(ledger),
    'cairn.config.yaml': `smtp:\n  url: smtp://127.0.0.1:${catcher.port}\n  from: Team <team@example.com>\n`,
  })
  return { workspace, ledger, catcher }
}

/** Resolves once a reviewer of any run begins, from now on. */
async function reviewing({ watchJournal }: Client, after: number): Promise<void> {
  for await (const item of watchJournal({ after })) {
    if (item.type !== 'entry' || item.entry.run === null) continue
    if (item.entry.events.some((event) => event.type === 'attempt_started' && event.step === 'clarity')) return
  }
}

/** Answers what nobody but a person can know, by looking into the catcher, as a person would. */
async function settleDoubts({ api }: Client, catcher: MailCatcher): Promise<void> {
  const { decisions } = await api.decisions.list({})
  for (const { run, decision } of decisions) {
    const arrived = catcher.list().some(({ messageId }) => messageId?.includes(`${run}/${decision.step}/`) === true)
    const answer = arrived ? { action: 'happened', edit: { found: true } } : { action: 'did-not-happen' }
    await api.decisions.decide({ run, decision: decision.id, ...answer })
  }
}

/** Has go on what was set aside since two kills hit a turn of it by chance, as a person would. */
async function resumeSetAside({ api }: Client): Promise<void> {
  const { recovery } = await api.host.info()
  for (const { run, wayOut } of recovery.waiting) if (wayOut !== null) await api.runs.resume({ run, reason: 'it was not of its doing' })
}

async function untilAllEnded(client: Client, runs: readonly RunId[], catcher: MailCatcher): Promise<void> {
  const left = new Set(runs)
  await resumeSetAside(client)
  await settleDoubts(client, catcher)
  for await (const item of client.watchJournal({ after: 0 })) {
    if (item.type !== 'entry' || item.entry.run === null) continue
    for (const event of item.entry.events) {
      if (event.type === 'run_moved' && isEnded(event.to)) left.delete(item.entry.run)
      if (event.type === 'decision_opened') await settleDoubts(client, catcher)
    }
    if (left.size === 0) return
  }
}

async function wholeJournal({ api }: Client): Promise<JournalEntry[]> {
  const all: JournalEntry[] = []
  for (;;) {
    const { entries } = await api.journal.list({ after: all.at(-1)?.position ?? 0, limit: 1_000 })
    all.push(...entries)
    if (entries.length < 1_000) return all
  }
}

/** What each host did, told by the journal: attempts that it started, and steps that it saw completed. */
function byHost(journal: readonly JournalEntry[], pids: readonly number[]) {
  const started = new Map<string, number>()
  const completedIn = new Map<string, number>()
  let host = -1
  for (const entry of journal) {
    if (entry.run === null) {
      if (entry.events.some(({ type }) => type === 'host_started')) host += 1
      continue
    }
    for (const event of entry.events) {
      if (event.type !== 'attempt_started' && event.type !== 'step_completed') continue
      const key = `${entry.run}/${event.step}/${event.iteration}/0`
      if (event.type === 'step_completed') completedIn.set(key, host)
      else started.set(`${key} ${pids[host]}`, (started.get(`${key} ${pids[host]}`) ?? 0) + 1)
    }
  }
  return { started, completedIn }
}

test(`killed ${kills} times among the reviewers, every run ends, no completed step runs again, no mail goes out twice`, async () => {
  const { workspace, ledger, catcher } = await letterWorkspace()
  const runs: RunId[] = []
  const pids: number[] = []

  for (let kill = 0; kill < kills; kill += 1) {
    const host = await HostProcess.start(workspace)
    pids.push(host.pid)
    const { position } = await host.client.api.host.health()
    const begun = reviewing(host.client, position)
    for (let count = 0; count < runsEach; count += 1) {
      runs.push((await host.client.api.runs.start({ workflow: letter, input: {} })).id)
    }
    await begun
    await moment(Math.random() * longest)
    await host.kill()
  }

  const last = await HostProcess.start(workspace)
  pids.push(last.pid)
  await untilAllEnded(last.client, runs, catcher)
  const ends = await Promise.all(runs.map((run) => last.client.api.runs.get({ run })))
  const journal = await wholeJournal(last.client)
  expect(await last.stop()).toBe(0)

  expect(ends.map(({ record }) => record.status)).toEqual(runs.map(() => 'completed'))
  expect(journal.map(({ position }) => position)).toEqual(journal.map((_, index) => index + 1))

  const cutOff = journal
    .flatMap<{ type: string; status?: string }>(({ events }) => events)
    .filter(({ type, status }) => type === 'attempt_ended' && status === 'interrupted')
  expect(cutOff.length).toBeGreaterThan(0)

  const { started, completedIn } = byHost(journal, pids)
  const begun = Map.groupBy(readFileSync(ledger, 'utf8').trim().split('\n'), (line) => line)
  for (const [line, lines] of begun) {
    const [key = '', pid = ''] = line.split(' ')
    expect(lines.length, `${line}: begun at most as often as the journal says`).toBeLessThanOrEqual(started.get(line) ?? 0)
    expect(pids.indexOf(Number(pid)), `${line}: not begun after it completed`).toBeLessThanOrEqual(
      completedIn.get(key) ?? -1,
    )
  }

  const mails = Map.groupBy(catcher.list(), ({ messageId }) => messageId)
  expect([...mails.values()].map(({ length }) => length)).toEqual(runs.map(() => 1))
}, 900_000 * Math.max(1, kills / 30))
