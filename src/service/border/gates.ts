/** Through what each answer of the contract leaves the host. A procedure without a row here does not compile. */
import { getEventMeta, withEventMeta } from '@orpc/server'
import { z } from 'zod'
import type { Outputs } from '../../contract/index.ts'
import type { FollowItem, RunStreamItem } from '../../contract/streams.ts'
import { Branch } from '../../model/branch.ts'
import { Checkpoint } from '../../model/checkpoint.ts'
import { Consequence } from '../../model/consequence.ts'
import { DeadLetter } from '../../model/dead-letter.ts'
import { ErrorGroup, ErrorView, ToldError } from '../../model/error-record.ts'
import { JournalEntry } from '../../model/entry.ts'
import { Failure } from '../../model/failure.ts'
import { Address, RunId } from '../../model/ids.ts'
import { Preview } from '../../model/preview.ts'
import { RunRecovery } from '../../model/run-recovery.ts'
import { ReplayPreview } from '../../model/replay.ts'
import { RollbackPreview } from '../../model/rollback.ts'
import { StayingRun } from '../../model/retention.ts'
import type { RunRecord } from '../../model/run.ts'
import type { Crossing } from './crossing.ts'

/** `input` is what was asked, as it came. It is a method, so that gates of different answers stand in one table. */
export interface Gate<T> {
  pass(output: T, through: Crossing, input: unknown): Promise<T>
}

type Gates = { readonly [N in keyof Outputs]: { readonly [P in keyof Outputs[N]]: Gate<Answered<Outputs[N][P]>> } }

/** A stream as the service makes it, and anything else as it is. */
type Answered<T> = T extends AsyncIterator<infer Item, unknown, void> ? Items<Item> : T
type Items<T> = AsyncGenerator<T, void>

/** The run that something was asked of. */
export function runOf(input: unknown): RunId | null {
  return z.looseObject({ run: RunId }).safeParse(input).data?.run ?? null
}

const Named = z.looseObject({ run: RunId, address: Address, upTo: z.coerce.number().optional() })

/** Nothing in it is of a run's making. */
const open = { pass: async <T>(output: T): Promise<T> => output }

const acted: Gate<RunRecord> = { pass: (record, through) => through.record(record) }

function whole<T>(pass: (output: T, through: Crossing, run: RunId) => Promise<T>): Gate<T> {
  return {
    pass: async (output, through, input) => {
      const run = runOf(input)
      return run === null ? output : pass(output, through, run)
    },
  }
}

function each<T extends object>(pass: (item: T, through: Crossing) => Promise<T>): Gate<Items<T>> {
  async function* passed(items: Items<T>, through: Crossing): Items<T> {
    for await (const item of items) {
      const meta = getEventMeta(item)
      const other = await pass(item, through)
      yield meta === undefined || other === item ? other : withEventMeta(other, meta)
    }
  }
  return { pass: async (items, through) => passed(items, through) }
}

export const gates: Gates = {
  runs: {
    start: acted,
    list: { pass: async (page, through) => ({ ...page, runs: await through.summaries(page.runs) }) },
    search: { pass: async (found, through) => ({ ...found, runs: await through.summaries(found.runs) }) },
    counts: open,
    get: { pass: (detail, through) => through.changed(detail) },
    state: { pass: (state, through) => through.state(state) },
    checkpoints: whole(async (list, through, run) => ({ ...list, checkpoints: await through.rows(run, Checkpoint, list.checkpoints) })),
    branches: whole(async ({ branches }, through, run) => ({ branches: await through.rows(run, Branch, branches) })),
    journal: { pass: async ({ entries }, through) => ({ entries: await through.entries(entries) }) },
    signals: { pass: async ({ signals }, through) => ({ signals: await through.signals(signals) }) },
    value: {
      pass: (sized, through, input) => {
        const { run, address, upTo } = Named.parse(input)
        return through.stored(run, address, upTo, sized)
      },
    },
    pause: acted,
    resume: acted,
    cancel: acted,
    preview: whole((preview, through, run) => through.row(run, Preview, preview)),
    restore: acted,
    previewRollback: whole((preview, through, run) => through.row(run, RollbackPreview, preview)),
    rollback: acted,
    previewRecovery: whole((recovery, through, run) => through.row(run, RunRecovery, recovery)),
    recover: acted,
    checkpoint: acted,
    nameBranch: acted,
    keep: acted,
    resetRecoveries: acted,
    previewReplay: whole(async (preview, through, run) => through.replay(run, await through.row(run, ReplayPreview, preview))),
    replay: acted,
    each: open,
    watch: each(runItem),
    follow: each(followed),
  },
  decisions: {
    list: { pass: async ({ decisions, ...rest }, through) => ({ ...rest, decisions: await Promise.all(decisions.map((view) => through.decision(view))) }) },
    get: { pass: (view, through) => through.decision(view) },
    decide: acted,
    consequences: whole(async ({ version, actions }, through, run) => ({ version, actions: await through.rows(run, Consequence, actions) })),
  },
  deadLetters: {
    list: { pass: async ({ letters, ...rest }, through) => ({ ...rest, letters: await Promise.all(letters.map((letter) => through.row(letter.run, DeadLetter, letter))) }) },
    drain: open,
    discard: open,
  },
  errorRecords: {
    groups: {
      pass: async ({ groups, ...rest }, through) => ({ ...rest, groups: await Promise.all(groups.map((group) => through.row(group.newest.run, ErrorGroup, group))) }),
    },
    ofGroup: {
      pass: async ({ group, errors, ...rest }, through) => ({
        ...rest,
        group: group && (await through.row(group.newest.run, ErrorGroup, group)),
        errors: await Promise.all(errors.map((view) => through.row(view.run, ErrorView, view))),
      }),
    },
    figures: open,
    ofRun: whole(async ({ errors, recoveries }, through, run) => ({ errors: await through.rows(run, ToldError, errors), recoveries })),
  },
  workflows: {
    list: open,
    get: open,
    check: open,
    revisions: open,
    revision: open,
    health: {
      pass: async ({ workflows }, through) => ({
        workflows: await Promise.all(
          workflows.map(async (health) => {
            const { lastFailure: last } = health
            const failure = last?.failure ?? null
            if (last === null || failure === null) return health
            return { ...health, lastFailure: { ...last, failure: await through.row(last.run, Failure, failure) } }
          }),
        ),
      }),
    },
  },
  metrics: { get: open, now: open },
  attention: {
    list: { pass: async (list, through) => ({ ...list, items: await Promise.all(list.items.map((item) => through.attention(item))) }) },
  },
  integrity: { get: open, verify: open },
  journal: {
    list: { pass: async ({ entries }, through) => ({ entries: await through.entries(entries) }) },
    watch: each(async (item, through) => (item.type === 'entry' ? { ...item, entry: await entry(item.entry, through) } : item)),
  },
  news: {
    watch: each(async (item, through) => {
      if (item.type === 'opened') return item
      const [runs, latest] = await Promise.all([through.summaries(item.runs), through.entries(item.latest)])
      return { ...item, runs, latest }
    }),
  },
  mail: {
    list: { pass: async ({ mail }, through) => ({ mail: await Promise.all(mail.map((one) => through.mailSummary(one))) }) },
    get: { pass: (mail, through) => through.mail(mail) },
    watch: each(async (item, through) => (item.type === 'received' ? { ...item, mail: await through.mailSummary(item.mail) } : item)),
  },
  host: { info: open, health: open },
  backups: { make: open, list: open },
  breakers: { list: open, reset: open },
  throttles: { list: open, reset: open },
  policy: { get: open },
  resources: { list: open },
  retention: { plan: { pass: async (plan, through) => ({ ...plan, staying: await Promise.all(plan.staying.map((run) => through.row(run.run, StayingRun, run))) }) }, apply: open },
  storage: { get: open },
}

function entry(one: JournalEntry, through: Crossing): Promise<JournalEntry> {
  return through.row(one.run, JournalEntry, one)
}

async function runItem(item: RunStreamItem, through: Crossing): Promise<RunStreamItem> {
  if (item.type === 'entry') return { ...item, entry: await entry(item.entry, through) }
  return item.type === 'signal' ? { ...item, signal: await through.signal(item.signal) } : item
}

async function followed(item: FollowItem, through: Crossing): Promise<FollowItem> {
  switch (item.type) {
    case 'whole':
      return { ...item, detail: await through.changed(item.detail), signals: await through.signals(item.signals) }
    case 'changed':
      return { ...(await through.changed(item)), entry: await entry(item.entry, through) }
    case 'signal':
      return { ...item, signal: await through.signal(item.signal) }
    case 'missed':
      return item
  }
}
