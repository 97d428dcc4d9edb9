/**
 * Runs that come to a standstill. The loader lets no definition pass in which that can be, so one is put into the store behind its
 * back while no host is there, as an engine would that had such a definition; the next host takes its runs up.
 */
import { randomBytes } from 'node:crypto'
import { systemClock, systemElapsed } from '../../src/effects/clock.ts'
import { systemRandomness } from '../../src/effects/randomness.ts'
import type { Execution } from '../../src/engine/ports.ts'
import { createEngine } from '../../src/engine/scheduler/engine.ts'
import { CorrelationId, RevisionHash, StepId, WorkflowName } from '../../src/model/ids.ts'
import { codeStep } from '../../src/model/manifest.fixture.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { usualPolicy } from '../../src/model/policy/policy.ts'
import { openStore } from '../../src/store/open-store.ts'
import { bundledThreads } from '../conformance/bundled-threads.ts'
import type { Arena } from './arena.ts'
import type { Case } from './case.ts'
import type { Scenario } from './scenario.ts'

interface Forgery extends Scenario {
  readonly steps: readonly StepManifest[]
}

const spare = StepId.parse('spare')
const stands = { onlyAsFallback: true } as const

/** `last` and `broken` are steps of the workflow whose code runs: the others never do. */
export const forgeries: readonly Forgery[] = [
  {
    name: 'steps that are never ready',
    class: 'deadlock',
    workflow: 'forged',
    ends: 'fails',
    by: 'fail',
    steps: [codeStep('last'), codeStep('spare', [], stands), codeStep('after', ['last', 'spare'])],
  },
  {
    name: 'a stand-in that waits for itself',
    class: 'stuck',
    workflow: 'forged',
    times: 2,
    ends: 'fails',
    by: 'fail',
    steps: [codeStep('broken', [], { fallback: spare }), codeStep('after', ['broken']), codeStep('spare', ['after'], stands)],
  },
]

/** Answers what begins a run, and works on nothing. */
const idle: Execution = {
  connect: () => undefined,
  start: () => undefined,
  stop: () => undefined,
  ask(_revision, _correlation, question) {
    if (question.type !== 'begin') throw new Error(`nobody answers ${question.type} here`)
    return Promise.resolve({ type: 'began', input: question.input, context: question.context })
  },
}

/** Puts a run of each into the store. No host may be there. */
export async function forge({ workspace, injector }: Arena, of: readonly Forgery[], revision: RevisionHash): Promise<readonly Case[]> {
  const troubled = (what: string, error: unknown): never => {
    throw new Error(what, { cause: error })
  }
  const [clock, randomness] = [systemClock, systemRandomness()]
  const store = await openStore({ workspace, ...bundledThreads(), defer: setImmediate, clock, elapsed: systemElapsed, randomness, troubled })
  const { storage } = store
  const sound = storage.revision(revision)
  if (sound === undefined) throw new Error('the workflow that is forged was never loaded')
  const notification = { committed: () => undefined, signalled: () => undefined, troubled }
  const engine = createEngine({ storage, execution: idle, clock, randomness, policy: () => usualPolicy, notification })
  const cases: Case[] = []
  for (const forgery of of) {
    const forged = { ...sound, hash: RevisionHash.parse(randomBytes(32).toString('hex')), manifest: { ...sound.manifest, steps: [...forgery.steps] } }
    await storage.saveRevision(forged)
    engine.publish(forged)
    const about = injector.begin(forgery)
    const input = { case: about.id, injector: injector.url, nobody: injector.nobody }
    const workflow = WorkflowName.parse(forgery.workflow)
    await engine.start({ workflow, input, context: {}, correlation: CorrelationId.parse(about.id), actor: { kind: 'person', name: 'chaos' } })
    cases.push(about)
  }
  await engine.close()
  await store.close()
  return cases
}
