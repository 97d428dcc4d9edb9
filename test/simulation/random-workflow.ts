import { RevisionHash, StepId } from '../../src/model/ids.ts'
import { approvalStep, codeStep, emailStep, httpStep, manifestOf, shellStep, waitStep, workflowStep } from '../../src/model/manifest.fixture.ts'
import type { RetryPolicy, StepManifest } from '../../src/model/manifest.ts'
import type { Revision } from '../../src/model/revision.ts'
import { graphOf } from '../../src/engine/planner/graph.ts'
import type { Dice } from './dice.ts'
import { resourceNames } from './random-policy.ts'

export interface Around {
  /** What its steps' ids begin with. */
  readonly prefix?: string
  readonly most?: number
  /** Workflows that its steps may call. */
  readonly calls?: readonly string[]
}

/** A workflow that a loader would let pass, with every feature of a definition somewhere. */
export function randomWorkflow(dice: Dice, name: string, { prefix = 's', most = 8, calls = [] }: Around = {}): Revision {
  const steps: StepManifest[] = []
  const count = dice.int(1, most)
  for (let index = 0; index < count; index += 1) {
    steps.push(randomStep(dice, `${prefix}${index}`, steps.filter(() => dice.percent(40)).map(({ id }) => id), calls))
  }
  const timeout = dice.percent(15) ? dice.int(2_000, 30_000) : null
  const manifest = manifestOf(name, withSavepoints(dice, withLoops(dice, withFallbacks(dice, steps))), { timeout, checkpoints: dice.percent(30) ? 'around' : 'after' })
  const hash = RevisionHash.parse(Buffer.from(dice.bytes(32)).toString('hex'))
  return { hash, manifest, bundle: '', loadedAt: 0 }
}

/** With runs of these workflows in the place of some of its steps. */
export function withCalls(dice: Dice, revision: Revision, calls: readonly string[]): Revision {
  if (calls.length === 0) return revision
  const steps = revision.manifest.steps.map((step): StepManifest => {
    if (step.kind !== 'code' || step.effect !== null || !dice.percent(60)) return step
    const { kind: _, ...same } = step
    const own = { timeout: dice.percent(30) ? dice.int(4_000, 60_000) : null, heartbeat: null, uses: {}, compensates: true }
    return workflowStep(step.id, dice.pick(calls), step.needs, { ...same, ...own })
  })
  return { ...revision, manifest: { ...revision.manifest, steps } }
}

function randomRetry(dice: Dice): RetryPolicy {
  return { attempts: dice.int(1, 3), initial: dice.int(0, 500), factor: 2, max: 2_000, jitter: 0.5 }
}

export function randomStep(dice: Dice, id: string, needs: readonly StepId[], calls: readonly string[] = []): StepManifest {
  const more = {
    join: dice.percent(25) ? ('settled' as const) : ('all' as const),
    conditional: dice.percent(15),
    optional: dice.percent(15),
    critical: dice.percent(15),
    timeout: dice.percent(60) ? dice.int(500, 4_000) : null,
    retry: dice.percent(70) ? randomRetry(dice) : null,
    onFailure: dice.percent(20) ? ('ask' as const) : ('fail' as const),
    ...(dice.percent(40) && { compensation: { retry: dice.percent(70) ? randomRetry(dice) : null, timeout: dice.percent(50) ? dice.int(500, 4_000) : null } }),
    sensitive: dice.percent(5),
  }
  const uses = randomUses(dice)
  switch (dice.weighted({ code: 50, shell: 8, http: 10, approval: 10, wait: 10, email: 12, workflow: calls.length === 0 ? 0 : 15 })) {
    case 'code': {
      const effect = dice.percent(35) ? { repeat: dice.percent(40) ? ('safe' as const) : ('unsafe' as const) } : null
      const checks = effect?.repeat === 'unsafe' && dice.percent(50)
      const heartbeat = dice.percent(25) ? dice.int(900, 3_000) : null
      return codeStep(id, needs, { ...more, uses, effect, checks, heartbeat, compensates: dice.percent(30) })
    }
    case 'shell': {
      const effect = dice.percent(40) ? null : { repeat: dice.percent(30) ? ('safe' as const) : ('unsafe' as const) }
      const checks = effect?.repeat === 'unsafe' && dice.percent(50)
      return shellStep(id, needs, { ...more, uses, effect, checks, compensates: dice.percent(30) })
    }
    case 'email':
      return emailStep(id, needs, { ...more, uses, checks: dice.percent(50), compensates: dice.percent(30) })
    case 'http': {
      const repeat = dice.percent(40) ? ('safe' as const) : ('unsafe' as const)
      const says = dice.percent(30) ? ({ method: 'GET', effect: null } as const) : { effect: { repeat } }
      const checks = says.effect?.repeat === 'unsafe' && dice.percent(50)
      return httpStep(id, needs, { ...more, uses, ...says, checks, compensates: dice.percent(30) })
    }
    case 'workflow':
      return workflowStep(id, dice.pick(calls), needs, more)
    case 'wait':
      return { ...waitStep(id, needs, dice.percent(70) ? dice.int(0, 5_000) : null), ...more }
    case 'approval': {
      const [first] = needs
      return approvalStep(id, needs, {
        ...more,
        deadline: dice.percent(30) ? dice.int(1_000, 20_000) : null,
        onDeadline: dice.percent(50) ? 'fail' : 'skip',
        edits: first !== undefined && dice.percent(60) ? { step: first, path: ['body'] } : null,
      })
    }
  }
}

function randomUses(dice: Dice): Record<string, number> {
  if (!dice.percent(40)) return {}
  return Object.fromEntries(resourceNames.filter(() => dice.percent(45)).map((name) => [name, name === 'license' ? dice.int(1, 2) : 1]))
}

/** Some steps get a stand-in of any kind that needs no more than they do, and that may have one too. */
function withFallbacks(dice: Dice, steps: readonly StepManifest[]): StepManifest[] {
  return steps.flatMap((step): StepManifest[] => {
    if (!dice.percent(30)) return [step]
    const id = `${step.id}b`
    const needs = step.needs.filter(() => dice.percent(80))
    const standIns = withFallbacks(dice, [{ ...randomStep(dice, id, needs), onlyAsFallback: true }])
    return [{ ...step, fallback: StepId.parse(id) }, ...standIns]
  })
}

/** Some steps may send the run back to themselves or to a step before them. */
function withLoops(dice: Dice, steps: readonly StepManifest[]): StepManifest[] {
  const graph = graphOf(manifestOf('looping', steps))
  return steps.map((step) => {
    if (step.kind === 'wait' || !dice.percent(30)) return step
    const targets = [step.id, ...(graph.ancestors.get(step.id) ?? [])]
    const onLimit = dice.percent(60) ? ('continue' as const) : ('fail' as const)
    return { ...step, loop: { to: [dice.pick(targets)], max: dice.int(1, 6), onLimit } }
  })
}

/** Some moments before steps have names, and the failure of some steps leads back to one of these. */
function withSavepoints(dice: Dice, steps: readonly StepManifest[]): StepManifest[] {
  const { ancestors } = graphOf(manifestOf('saving', steps))
  const named = steps.map((step) => (dice.percent(30) ? { ...step, savepoint: `before-${step.id}` } : step))
  const names = new Map(named.flatMap(({ id, savepoint }) => (savepoint === undefined ? [] : [[id, savepoint] as const])))
  return named.map((step) => {
    const passed = [step.id, ...(ancestors.get(step.id) ?? [])].flatMap((id) => names.get(id) ?? [])
    return passed.length > 0 && dice.percent(50) ? { ...step, rollback: { to: dice.pick(passed), max: dice.int(1, 2) } } : step
  })
}
