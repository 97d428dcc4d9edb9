/** A store that has something of every kind: a few hundred checkpoints, branches, questions, signals, revisions, and what is left of removed runs and checkpoints. */
import { hostActor } from '../../../src/model/actor.ts'
import { contextKey, outputKey } from '../../../src/model/checkpoint.ts'
import type { HostEventMap } from '../../../src/model/event.ts'
import { RevisionHash, RunId, WorkflowName } from '../../../src/model/ids.ts'
import { unbounded } from '../../../src/model/retention.ts'
import type { Store } from '../../../src/store/open-store.ts'
import { draft, sampleAttempt, sampleDecision, sampleError, sampleHostEntry, sampleLog, SampleRun, sampleRevision, sampleStep } from '../samples.ts'
import type { ManualClock } from '../manual-clock.ts'

const runs = 6
/** Checkpoints of each but the first. */
const passes = 40

export async function fillWithEveryKind({ storage, retention }: Store, clock: ManualClock): Promise<void> {
  await storage.saveRevision(sampleRevision)
  await storage.saveRevision({ ...sampleRevision, hash: RevisionHash.parse('cd'.repeat(32)), bundle: 'other()\n'.repeat(3) })
  await storage.record(sampleHostEntry())
  await storage.record({ ...sampleHostEntry(), events: [openedSample, throttledSample] })
  for (let number = 1; number <= runs; number++) {
    const run = new SampleRun(storage, number)
    await storage.commit(run.create({ steps: [sampleStep()] }))
    for (let pass = 1; pass <= passes; pass++) {
      const value = run.seal({ text: `output ${pass} of run ${number}. `.repeat(1 + (pass % 4)) }, pass % 10 === 0)
      const branch = pass % 16 === 0 ? { parent: run.record.branch, from: pass - 3, why: 'a try', kept: { [draft]: 1 } } : undefined
      const onto = run.record.branch + (branch === undefined ? 0 : 1)
      await storage.commit(
        run.next({
          ...(branch === undefined ? {} : { branch }),
          values: [value],
          changes: [{ key: outputKey(draft, pass), address: value.address }, ...(pass % 9 === 0 ? [{ key: contextKey, address: value.address }] : [])],
          steps: [sampleStep({ branch: onto, iteration: pass, status: 'completed', output: value.address })],
          attempts: [sampleAttempt({ branch: onto, iteration: pass, status: 'completed' })],
          decisions: pass % 8 === 0 ? [sampleDecision({ branch: onto, shown: value.address })] : [],
          errors: pass % 5 === 0 ? [sampleError({ branch: onto, status: pass % 2 === 0 ? 'recovered' : 'recovering' })] : [],
        }),
      )
      if (pass % 4 === 0) storage.keep([sampleLog(run.id, `pass ${pass}`, { at: pass, iteration: pass })])
      clock.advance(10_000)
    }
    await storage.commit(run.next({ record: { status: number % 2 === 0 ? 'failed' : 'completed', endedAt: clock.now() } }))
  }
  await removeSome({ storage, retention }, clock)
}

const openedSample = {
  type: 'breaker_opened',
  breaker: {
    workflow: WorkflowName.parse('outreach'),
    dependency: 'mail.example.org:587',
    openedAt: 1_000,
    until: 31_000,
    times: 2,
    last: { run: RunId.parse('0'.repeat(26)), step: draft, class: 'transient' },
  },
} as const

const throttledSample: HostEventMap['throttle_set'] = {
  type: 'throttle_set',
  was: 12,
  throttle: {
    workflow: WorkflowName.parse('outreach'),
    dependency: 'mail.example.org:587',
    steps: [draft],
    limit: 6,
    from: 24,
    loweredAt: 1_000,
    last: { run: RunId.parse('0'.repeat(26)), step: draft },
  },
}

/** Two short runs of another workflow, of which nothing is left but that they were there; and the beginnings of long branches. */
async function removeSome({ storage, retention }: Pick<Store, 'storage' | 'retention'>, clock: ManualClock): Promise<void> {
  const billing = WorkflowName.parse('billing')
  for (const number of [runs + 1, runs + 2]) {
    const run = new SampleRun(storage, number)
    run.record = { ...run.record, workflow: billing }
    await storage.commit(run.create({ steps: [sampleStep()] }))
    await storage.commit(run.next({ changes: [], record: { status: 'completed', endedAt: clock.now() } }))
  }
  const policy = { usual: { ...unbounded, checkpoints: 12 }, workflows: { [billing]: { ...unbounded, runs: 0 } } }
  await retention.apply({ policy, damaged: [], actor: hostActor, told: () => undefined, committed: () => undefined })
}
