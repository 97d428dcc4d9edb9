/**
 * Run control and readers on paper: runs that do nothing but what they are told, in memory. It stands in for engine
 * and store where only service and transports are tried; the rules of versions and conflicts are the real ones.
 */
import { createHash } from 'node:crypto'
import { ulid } from 'ulid'
import { z } from 'zod'
import { systemClock } from '../../src/effects/clock.ts'
import type { Act, DecideRequest, RunControl, StartRequest } from '../../src/engine/control.ts'
import { refusedConsequence } from '../../src/engine/planner/consequence.ts'
import type { Queries, Search } from '../../src/engine/queries.ts'
import type { RunQuery } from '../../src/model/found-runs.ts'
import { Conflict, NotFound, Refused, Unavailable } from '../../src/model/control-errors.ts'
import type { JournalEntry } from '../../src/model/entry.ts'
import type { RunEvent } from '../../src/model/event.ts'
import type { Failure } from '../../src/model/failure.ts'
import { Address, Checksum, CorrelationId, DecisionId, LineageId, RevisionHash, RunId, StepId } from '../../src/model/ids.ts'
import { approvalStep, manifestOf } from '../../src/model/manifest.fixture.ts'
import type { Actor } from '../../src/model/actor.ts'
import type { Revision } from '../../src/model/revision.ts'
import type { RunRecord } from '../../src/model/run.ts'
import { matches } from '../../src/model/query/matches.ts'
import { RunStatus } from '../../src/model/status.ts'
import { StorageFailed } from '../../src/model/storage-errors.ts'
import type { DecisionView, RunDetail, RunSummary } from '../../src/model/views.ts'
import { usualPolicy } from '../../src/model/policy/policy.ts'
import { createFeed } from '../../src/service/feed.ts'
import type { ServiceParts } from '../../src/service/parts.ts'
import { paperFigures, paperIntegrity } from './paper-figures.ts'

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
const someAddress = Address.parse(digest('value'))
const approve = StepId.parse('approve')

export const paperManifest = manifestOf('outreach', [
  approvalStep('approve', [], { actions: [{ name: 'approve', role: 'primary' }] }),
])

const summaryOf = (record: RunRecord): RunSummary => ({ ...record, checkpoints: 0, attempts: 0, at: [] })

const paperRevision: Revision = {
  hash: RevisionHash.parse(digest('bundle')),
  manifest: paperManifest,
  bundle: 'module.exports = {}\n//# sourceMappingURL=data:application/json;base64,e30=\n',
  loadedAt: 1,
}

export interface Paper {
  readonly parts: ServiceParts
  readonly troubles: { readonly what: string; readonly error: unknown }[]
  readonly journal: readonly JournalEntry[]
  start(): Promise<RunId>
  /** Commits an entry that says nothing of interest. */
  tick(run: RunId): JournalEntry
}

export function createPaper(): Paper {
  const feed = createFeed(0)
  const journal: JournalEntry[] = []
  const runs = new Map<RunId, { record: RunRecord; decision: DecisionView }>()
  const troubles: { what: string; error: unknown }[] = []

  function commit(record: RunRecord, actor: Actor, ...events: RunEvent[]): JournalEntry {
    const position = journal.length + 1
    const { correlation, version } = record
    const entry = {
      at: position,
      actor,
      correlation,
      run: record.id,
      version,
      events,
      position,
      digest: Checksum.parse(digest(String(position))),
    }
    journal.push(entry)
    feed.committed(entry, { summary: summaryOf(record), record, steps: [], attempts: [], decisions: [], errors: [] })
    return entry
  }

  function held(run: RunId) {
    const found = runs.get(run)
    if (found === undefined) throw new NotFound('run', run, 'runs.list names those of this workspace')
    return found
  }

  function refusalsOf({ workflow, input }: Pick<StartRequest, 'workflow' | 'input'>): Failure[] {
    if (workflow !== paperManifest.name) throw new NotFound('workflow', workflow, 'the workspace has outreach')
    if (input !== null) return []
    return [{ class: 'validation', name: 'InputRefused', message: 'is missing', path: 'input', wayOut: 'give one' }]
  }

  /** Moves the run where the caller has seen its present; each action is one version further. */
  function act({ run, seen, actor }: Act, to: RunStatus, event: RunEvent): RunRecord {
    const { record, decision } = held(run)
    if (seen !== null && seen < record.touched) throw new Conflict(`run ${run} has moved on`, record)
    const version = record.version + 1
    const next: RunRecord = { ...record, status: to, waiting: null, version, touched: version, paused: to === 'paused' }
    runs.set(run, { record: next, decision: { ...decision, runVersion: version } })
    commit(next, actor, event)
    return next
  }

  const control: RunControl = {
    resources: () => [],
    queue: () => ({ queued: 0, most: 0 }),
    async start({ workflow, input, correlation, actor }: StartRequest) {
      const failures = refusalsOf({ workflow, input })
      if (failures.length > 0) throw new Refused('the input of outreach does not do', failures)
      const record: RunRecord = {
        id: RunId.parse(ulid()),
        workflow,
        workflowVersion: 1,
        revision: RevisionHash.parse(digest('bundle')),
        lineage: LineageId.parse(ulid()),
        correlation: correlation ?? CorrelationId.parse('paper'),
        origin: null,
        disarmed: false,
      parent: null,
        kept: null,
        priority: 0,
        admitted: true,
        version: 0,
        touched: 0,
        status: 'waiting',
        waiting: 'decision',
        paused: false,
        closing: null,
        rollbacks: null,
        holds: null,
        givenWay: null,
        failure: null,
        generation: 0,
        branch: 0,
        sentBack: 0,
        head: 0,
        input: someAddress,
        context: someAddress,
        loops: {},
        recoveries: 0,
        clock: { spent: 0, since: null },
        createdAt: 1,
        endedAt: null,
        updatedAt: 1,
      }
      const decision: DecisionView = {
        run: record.id,
        workflow,
        origin: null,
        disarmed: false,
        runVersion: 0,
        shown: { subject: 'Hello' },
        editable: null,
        decision: {
          id: DecisionId.parse(ulid()),
          kind: 'approval',
          phase: 'run',
          branch: 0,
          step: approve,
          iteration: 1,
          status: 'pending',
          actions: [{ name: 'approve', role: 'primary' }],
          shown: someAddress,
          edits: null,
          failure: null,
          tries: null,
          recommended: null,
          checkpoint: null,
          atDeadline: null,
          deadline: null,
          openedAt: 1,
          closedAt: null,
          action: null,
          note: null,
          edit: null,
          actor: null,
        },
      }
      runs.set(record.id, { record, decision })
      commit(record, actor, { type: 'run_created', run: record, passes: [] })
      return record
    },
    check: async (beginning) => refusalsOf(beginning),
    async consequences({ run, decision: id }) {
      const { record, decision } = held(run)
      if (decision.decision.id !== id) throw new Conflict(`decision ${id} is not pending any more`, record)
      return { version: record.version, actions: decision.decision.actions.map((action) => refusedConsequence(action, [])) }
    },
    async decide(request: DecideRequest) {
      const { decision } = held(request.run)
      if (decision.decision.status !== 'pending') throw new Conflict('somebody has decided', held(request.run).record)
      const record = act(request, 'completed', {
        type: 'decision_closed',
        id: request.decision,
        status: 'approved',
        action: request.action,
        note: request.reason,
        edit: null,
        actor: request.actor,
      })
      runs.set(request.run, { record, decision: { ...decision, decision: { ...decision.decision, status: 'approved' } } })
      return record
    },
    pause: async (asked) => act(asked, 'paused', { type: 'run_paused' }),
    resume: async (asked) => act(asked, 'waiting', { type: 'run_resumed' }),
    preview: () => Promise.reject(new Unavailable('paper goes nowhere')),
    replay: () => Promise.reject(new Unavailable('paper is not replayed')),
    previewReplay: () => Promise.reject(new Unavailable('paper is not replayed')),
    previewRollback: () => Promise.reject(new Unavailable('paper goes nowhere')),
    rollback: () => Promise.reject(new Unavailable('paper goes nowhere')),
    restore: () => Promise.reject(new Unavailable('paper goes nowhere')),
    recoverRun: () => Promise.reject(new Unavailable('paper goes nowhere')),
    previewRecovery: () => Promise.reject(new Unavailable('paper goes nowhere')),
    checkpoint: () => Promise.reject(new Unavailable('paper keeps no moments')),
    nameBranch: () => Promise.reject(new Unavailable('paper has no branches')),
    keep: () => Promise.reject(new Unavailable('paper is kept by nobody')),
    breakers: () => [],
    resetRecoveries: () => Promise.reject(new Unavailable('paper has no recoveries')),
    resetBreaker: () => Promise.reject(new Unavailable('paper has no breakers')),
    throttles: () => [],
    resetThrottle: () => Promise.reject(new Unavailable('paper has no throttles')),
    cancel: async (asked) => act(asked, 'cancelled', { type: 'run_moved', to: 'cancelled', waiting: null }),
  }

  const asked = (): DecisionView[] => [...runs.values()].map(({ decision }) => decision)
  const queries: Queries = {
    async runs({ workflow, status, limit }) {
      const found = [...runs.values()].map(({ record }) => summaryOf(record)).toReversed()
      const matching = found.filter(
        (run) => (workflow ?? run.workflow) === run.workflow && (status?.includes(run.status) ?? true),
      )
      return { runs: matching.slice(0, limit), next: null, damaged: [] }
    },
    async run(run): Promise<RunDetail | undefined> {
      const found = runs.get(run)
      if (found === undefined) return undefined
      const { record, decision } = found
      return {
        position: journal.length,
        record,
        manifest: paperManifest,
        steps: [],
        attempts: [],
        decisions: [decision.decision],
        errors: [],
      }
    },
    removed: async () => undefined,
    branches: async (run) => (runs.has(run) ? [] : undefined),
    checkpoints: async () => ({ checkpoints: [], damaged: [] }),
    async state(run, number) {
      if (!runs.has(run) || (number ?? 0) > 0) return undefined
      const checkpoint = {
        number: 0,
        branch: 0,
        type: 'step_start' as const,
        step: null,
        iteration: null,
        note: null,
        changes: [],
        run,
        at: 1,
        parent: null,
        checksum: Checksum.parse(digest('checkpoint')),
      }
      return { checkpoint, input: { recipient: 'Ada' }, context: {}, outputs: {}, steps: {} }
    },
    async journal(after, limit, run) {
      return journal
        .slice(after)
        .filter((entry) => run === null || entry.run === run)
        .slice(0, limit)
    },
    async journalBefore(before, limit, run) {
      return journal
        .slice(0, Math.max(0, before - 1))
        .filter((entry) => run === null || entry.run === run)
        .slice(-limit)
    },
    signals: async () => [],
    decisions: async (run) => asked().filter((view) => view.run === run),
    pending: async () => ({ decisions: asked().filter(({ decision }) => decision.status === 'pending'), damaged: [] }),
    urgent: async (limit) => ({ decisions: (await queries.pending()).decisions.slice(0, limit), damaged: [] }),
    deadLetters: async () => ({ letters: [], next: null, damaged: [] }),
    value: async (_run, address) => (address === someAddress ? { value: { kept: true }, size: 13, left: false } : undefined),
    revision: async (hash) => (hash === paperRevision.hash ? paperRevision : undefined),
    sensitivity: async () => null,
    async present() {
      const { byStatus } = await search.counts({ terms: [], upTo: null, now: 1 })
      return { byStatus, pendingDecisions: (await queries.pending()).decisions.length, oldestDecisionAt: null, deadLetters: 0 }
    },
  }

  const foundBy = (query: RunQuery): RunSummary[] => {
    const summaries = [...runs.values()].map(({ record }) => summaryOf(record)).toReversed()
    return summaries.filter((run) => (query.upTo === null || run.id <= query.upTo) && matches(query, run) === true)
  }
  const search: Search = {
    async search({ offset, limit, ...query }) {
      const found = foundBy(query)
      const newest = [...runs.keys()].at(-1) ?? null
      return { position: journal.length, total: found.length, runs: found.slice(offset, offset + limit), newest, damaged: [] }
    },
    async counts(query) {
      const found = foundBy({ ...query, terms: query.terms.filter(({ field }) => field !== 'status') })
      const count = (status: RunStatus): number => found.filter((run) => run.status === status).length
      return { byStatus: z.record(RunStatus, z.int()).parse(Object.fromEntries(RunStatus.options.map((each) => [each, count(each)]))) }
    },
    matching: async (query) => foundBy(query).map(({ id, version }) => ({ run: id, version })),
  }

  const parts: ServiceParts = {
    control,
    queries,
    search,
    figures: paperFigures(paperRevision),
    integrity: paperIntegrity,
    backups: { make: () => Promise.reject(new StorageFailed('paper is not backed up')), list: () => Promise.resolve([]) },
    beside: () => Promise.resolve({ replaced: [], mail: 0, logs: 0 }),
    retention: { plan: () => Promise.reject(paperKeepsAll()), apply: () => Promise.reject(paperKeepsAll()) },
    policy: () => ({ file: '', since: 0, settings: [], sections: {}, refused: null, strangers: null }),
    fault: () => null,
    feed,
    clock: systemClock,
    catalog: {
      unread: () => 0,
      sought: () => Promise.resolve(),
      list: () => [
        {
          state: 'ready',
          name: paperManifest.name,
          version: 1,
          revision: RevisionHash.parse(digest('bundle')),
          loadedAt: 1,
          file: paperManifest.file,
          steps: [],
        },
      ],
      find: (workflow) => (workflow === paperManifest.name ? paperRevision : undefined),
    },
    mailbox: {
      list: async () => [],
      find: async () => undefined,
      subscribe: () => () => undefined,
    },
    deadLetters: () => usualPolicy.deadLetters,
    info: () => ({
      version: '0',
      workspace: '/paper',
      looks: false,
      pid: 1,
      startedAt: 1,
      position: feed.head(),
      recovery: { recovered: [], waiting: [], failed: [] },
      alarm: null,
      unlogged: null,
      executors: null,
      encryption: null,
      mail: { to: 'catcher', smtp: '127.0.0.1:25', pop3: null },
    }),
    person: 'tester',
    troubled: (what, error) => troubles.push({ what, error }),
  }

  return {
    parts,
    troubles,
    journal,
    async start() {
      const request = {
        workflow: paperManifest.name,
        input: {},
        context: {},
        correlation: null,
        actor: { kind: 'person', name: 'tester' },
      } as const
      return (await control.start(request)).id
    },
    tick: (run) => commit(held(run).record, { kind: 'engine', name: 'engine' }, { type: 'run_paused' }),
  }
}

const paperKeepsAll = (): StorageFailed => new StorageFailed('paper keeps all there is')
