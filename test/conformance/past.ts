/** Runs of which some have ended, and everything that a store tells of them: what retention is tried on. */
import { z } from 'zod'
import { hostActor } from '../../src/model/actor.ts'
import { contextKey, outputKey } from '../../src/model/checkpoint.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import type { WorkspaceKey } from '../../src/store/crypt/workspace-key.ts'
import type { Store } from '../../src/store/open-store.ts'
import { openReads } from '../../src/store/reader/reads.ts'
import type { ManualClock } from './manual-clock.ts'
import { decisionId, draft, sampleAttempt, sampleDecision, sampleHostEntry, sampleLog, SampleRun, sampleRevision, sampleStep } from './samples.ts'

export const minute = 60_000

export interface PastRun {
  readonly workflow: 'outreach' | 'billing'
  /** The run that it is a replay of, counted from the first of them; of none where that is not before it. */
  readonly of: number
  /** The checkpoint of that, or its newest where it has not come so far; its first where it is left out. */
  readonly from?: number
  /** The run that it is a child of, counted from the first of them; of none where that is not before it. It has ended earlier than that. */
  readonly childOf?: number | undefined
  readonly isKept?: boolean
  readonly passes: number
  readonly hasEnded: boolean
  /** The pass before which it passes a savepoint. */
  readonly savepoint?: number | undefined
  /** Whether it ends up asking a person, who may send it back half of the way. */
  readonly asks?: boolean
  readonly logs: number
}

/** Makes runs, numbered from `first` on, a minute for each of their passes. */
export async function makePast({ storage }: Store, clock: ManualClock, all: readonly PastRun[], first = 1): Promise<RunId[]> {
  const made: SampleRun[] = []
  await storage.saveRevision(sampleRevision)
  for (const [index, { workflow, of, from = 0, childOf, isKept = false, passes, hasEnded, savepoint, asks = false, logs }] of all.entries()) {
    await storage.record(sampleHostEntry())
    const replayed = of < index ? made[of] : undefined
    const run = new SampleRun(storage, first + index, replayed)
    made.push(run)
    const origin = replayed === undefined ? null : { run: replayed.id, checkpoint: Math.min(from, replayed.record.head), edited: [] }
    const above = childOf !== undefined && childOf < index ? made[childOf]?.record : undefined
    const parent = above === undefined ? null : { run: above.id, step: draft, iteration: 1, attempt: 1, depth: (above.parent?.depth ?? 0) + 1, held: false }
    const kept = isKept ? { by: hostActor, why: 'for the auditors', at: clock.now() } : null
    run.record = { ...run.record, workflow: WorkflowName.parse(workflow), origin, parent, kept }
    await storage.commit(run.create({ steps: [sampleStep()], attempts: [sampleAttempt()] }))
    for (let pass = 1; pass <= passes; pass++) {
      // Some values are those of other runs of the lineage too, some are nobody else's.
      const value = run.seal(pass % 2 === 0 ? `pass ${pass}` : { run: run.id, text: 'said '.repeat(pass * 20) }, pass === 3)
      const branch = pass % 4 === 0 ? { parent: run.record.branch, from: pass - 2, why: null, kept: { [draft]: 1 } } : undefined
      const onto = run.record.branch + (branch === undefined ? 0 : 1)
      const changes = [{ key: pass === 5 ? contextKey : outputKey(draft, pass), address: value.address }]
      const { head, version } = run.record
      const passed = pass === savepoint ? { checkpoint: head, order: version } : null
      const steps = [sampleStep({ branch: onto, iteration: pass, status: 'completed', output: value.address, savepoint: passed })]
      const answered = pass % 3 === 0 ? [sampleDecision({ branch: onto, shown: value.address, status: 'approved' })] : []
      const isAsked = asks && pass === passes && !hasEnded
      const asked = isAsked ? [sampleDecision({ id: decisionId(2), kind: 'recovery', branch: onto, checkpoint: Math.floor(head / 2) })] : []
      const decisions = [...answered, ...asked]
      await storage.commit(run.next({ ...(branch && { branch }), values: [value], changes, steps, decisions }))
      clock.advance(minute)
    }
    for (let attempt = 1; attempt <= logs; attempt++) storage.keep([sampleLog(run.id, 'said', { attempt })])
    const before = above?.endedAt ?? null
    const endedAt = before === null ? clock.now() : before - minute
    if (hasEnded) await storage.commit(run.next({ record: { status: 'completed', endedAt } }))
    clock.advance(minute)
  }
  // The logs are written a second after they were said.
  clock.advance(2_000)
  await storage.record(sampleHostEntry())
  return made.map(({ id }) => id)
}

/** A run without some of its checkpoints: nothing else of it is told otherwise. */
export function seenWithout(seen: unknown, isGone: (checkpoint: number) => boolean): unknown {
  if (typeof seen !== 'object' || seen === null || !('states' in seen) || !Array.isArray(seen.states)) return seen
  const states = seen.states.filter((state: unknown) => !isGone(numberIn.parse(state).checkpoint.number))
  return { ...seen, states }
}

/** The checkpoints that are there of a run. */
export function numbersIn(seen: unknown): number[] {
  const states = z.object({ states: z.array(numberIn) }).safeParse(seen)
  return (states.data?.states ?? []).map(({ checkpoint }) => checkpoint.number)
}

const numberIn = z.object({ checkpoint: z.object({ number: z.int() }) })

/** Everything that is told of each run; of one that was removed, what is left. */
export function seenOf(workspace: string, ids: readonly RunId[], key: WorkspaceKey | null = null): Map<RunId, unknown> {
  const reads = openReads(workspace, { key })
  const of = (id: RunId): unknown => {
    const detail = reads.run(id)
    if (detail === undefined) return { removed: reads.removed(id) }
    const { checkpoints } = reads.checkpoints(id, null, 1_000)
    return {
      ...{ ...detail, position: null },
      branches: reads.branches(id)?.map(({ removed: _, ...branch }) => branch),
      states: checkpoints.map(({ number }) => reads.state(id, number)),
      journal: reads.journal(0, 1_000, id),
      signals: reads.signals(id, 1_000),
    }
  }
  try {
    return new Map(ids.map((id) => [id, of(id)]))
  } finally {
    reads.close()
  }
}
