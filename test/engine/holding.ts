/** For tests of what runs hold over several steps: workflows that hold, and how they stand. */
import type { ErrorRecord } from '../../src/model/error-record.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { codeStep as code } from '../../src/model/manifest.fixture.ts'
import type { StepManifest } from '../../src/model/manifest.ts'
import { Limits, Resources } from '../../src/model/policy/coordination.ts'
import { type Policy, usualPolicy } from '../../src/model/policy/policy.ts'
import type { ResourceStanding } from '../../src/model/resource.ts'
import type { RunStatus } from '../../src/model/status.ts'
import { person, type Workbench } from './workbench.ts'

/** One of each, held. */
export function holds(...names: readonly string[]) {
  return { holds: Object.fromEntries(names.map((name) => [name, 1])) }
}

/** Holds them one after the other, and all of them to its end: `a1`, `a2`, and then `a`. */
export function inOrder(id: string, names: readonly string[], more: Parameters<typeof code>[2] = {}): StepManifest[] {
  const steps = names.map((name, index) => code(`${id}${index + 1}`, index === 0 ? [] : [`${id}${index}`], { ...more, ...holds(name) }))
  return [...steps, code(id, [`${id}${names.length}`], holds(...names))]
}

export function resources(given: Resources, limits: object = {}): () => Policy {
  return () => ({ ...usualPolicy, resources: Resources.parse(given), limits: Limits.parse(limits) })
}

export function held(bench: Workbench, name: string): ResourceStanding | undefined {
  return bench.engine.resources().find((each) => each.name === name)
}

/** Starts a run, and lets a moment pass. */
export async function begin(bench: Workbench, workflow: string): Promise<RunId> {
  const { id } = await bench.until(bench.engine.start({ workflow: WorkflowName.parse(workflow), input: {}, context: {}, correlation: null, actor: person }))
  await bench.pass(1)
  return id
}

export function errorsOf(bench: Workbench, run: RunId): ErrorRecord[] {
  return [...(bench.disk.runs.get(run)?.errors.values() ?? [])]
}

export function deadlocksOf(bench: Workbench, run: RunId): ErrorRecord[] {
  return errorsOf(bench, run).filter(({ failure }) => failure.name === 'Deadlock')
}

export function status(bench: Workbench, ...runs: readonly RunId[]): RunStatus[] {
  return runs.map((run) => bench.record(run).status)
}
