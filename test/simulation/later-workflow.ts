import { RevisionHash, type StepId } from '../../src/model/ids.ts'
import { manifestOf } from '../../src/model/manifest.fixture.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import type { Revision } from '../../src/model/revision.ts'
import { graphOf } from '../../src/engine/planner/graph.ts'
import type { Dice } from './dice.ts'
import { randomStep } from './random-workflow.ts'

/**
 * A workflow as its author might have changed it: steps gone, new, of another kind, with other needs, loops and
 * compensations. Mostly with the migrations that lead to it.
 */
export function laterWorkflow(dice: Dice, { manifest: before }: Revision): Revision {
  const version = before.version + dice.pick([0, 1, 1, 1, 1, 1, 1, 2])
  const steps = whole(before.name, changed(dice, before.steps, before.version))
  const all = Array.from({ length: version - 1 }, (_, index) => index + 1)
  const migrations = dice.percent(85) ? all : all.filter(() => dice.percent(70))
  const manifest = manifestOf(before.name, steps, { timeout: before.timeout, version, migrations })
  const hash = RevisionHash.parse(Buffer.from(dice.bytes(32)).toString('hex'))
  return { hash, manifest, bundle: '', loadedAt: 0 }
}

function changed(dice: Dice, before: readonly StepManifest[], version: number): StepManifest[] {
  const steps: StepManifest[] = []
  const taken: ReadonlySet<string> = new Set(before.map(({ id }) => id))
  const some = (): StepId[] => steps.filter(({ onlyAsFallback }) => !onlyAsFallback && dice.percent(30)).map(({ id }) => id)
  for (const step of before) {
    const fresh = `n${version}${step.id}`
    if (dice.percent(15) && !step.onlyAsFallback && !taken.has(fresh)) steps.push(randomStep(dice, fresh, some()))
    if (steps.length > 0 && dice.percent(20)) continue
    const needs = step.onlyAsFallback ? step.needs : [...new Set([...step.needs, ...some()])]
    const other = dice.percent(10) ? { ...randomStep(dice, step.id, needs), fallback: step.fallback, onlyAsFallback: step.onlyAsFallback } : step
    const isOther = dice.percent(15) && other.kind !== 'workflow'
    const compensates = isOther ? other.kind === 'code' && !other.compensates : other.compensates
    steps.push({ ...other, needs, compensates })
  }
  return steps
}

/** Without what refers to a step that is gone. */
function whole(name: string, steps: readonly StepManifest[]): StepManifest[] {
  const named = new Set(steps.map(({ fallback }) => fallback))
  const kept = steps.filter(({ id, onlyAsFallback }) => !onlyAsFallback || named.has(id))
  if (kept.length < steps.length) return whole(name, kept)
  const ids = new Set(steps.map(({ id }) => id))
  const there = steps.map((step) => {
    const fallback = step.fallback !== null && ids.has(step.fallback) ? step.fallback : null
    return { ...step, fallback, needs: step.needs.filter((need) => ids.has(need)) }
  })
  const { ancestors } = graphOf(manifestOf(name, there))
  return there.map((step) => {
    const to = step.loop?.to.filter((target) => target === step.id || ancestors.get(step.id)?.has(target)) ?? []
    const loop = step.loop === null || to.length === 0 ? null : { ...step.loop, to }
    if (step.kind !== 'approval') return { ...step, loop }
    return { ...step, loop, edits: step.edits !== null && step.needs.includes(step.edits.step) ? step.edits : null }
  })
}
