/** Workflows that call others: each of those has to be there, and none may call itself, directly or through others. Pure. */
import type { WorkflowName } from '../../model/ids.ts'
import type { Manifest } from '../../model/manifest.ts'
import { DefinitionError, type Finding, problemsOf } from './definition-error.ts'
import type { Standings } from './standing.ts'

/**
 * Refuses what calls a workflow that cannot be used, and what goes round in a circle. Until all files have been looked at
 * (`isWhole`), nobody knows what is missing: a file that calls what is not there stands as it was `told` last.
 */
export function refuseCallers(standings: Standings, told: Standings, isWhole: boolean): Standings {
  const now = new Map(standings)
  const held = new Set<string>()
  for (let found = -1; found !== 0; ) {
    const usable = loadedIn(now)
    const wrong = [...usable.values()].flatMap((manifest) => {
      const findings = held.has(manifest.file) ? [] : wrongCalls(manifest, usable, standings)
      return findings.length === 0 ? [] : [{ file: manifest.file, findings }]
    })
    found = wrong.length
    for (const { file, findings } of wrong) {
      const earlier = told.get(file)
      const isCircle = findings.some(({ code }) => code === 'workflow_circle')
      if (isWhole || isCircle) now.set(file, { type: 'refused', error: new DefinitionError(file, problemsOf(file, findings)) })
      else if (earlier === undefined) now.delete(file)
      else now.set(file, earlier)
      held.add(file)
    }
  }
  return now
}

type Loaded = ReadonlyMap<WorkflowName, Manifest>

function loadedIn(standings: Standings): Loaded {
  return new Map([...standings].flatMap(([file, standing]) => (standing.type === 'loaded' ? [[standing.revision.manifest.name, { ...standing.revision.manifest, file }]] : [])))
}

function wrongCalls({ name, steps }: Manifest, usable: Loaded, all: Standings): Finding[] {
  return steps.flatMap((step): Finding[] => {
    if (step.kind !== 'workflow') return []
    const { id, workflow } = step
    const at = { step: id, path: `steps.${id}.workflow` }
    if (!usable.has(workflow)) return [{ code: 'unknown_workflow', ...missing(id, workflow, all), ...at }]
    const circle = wayBack(workflow, name, usable)
    if (circle === undefined) return []
    const message = `step ${id} calls ${workflow}, which leads back to ${name}: ${[name, ...circle].join(' calls ')}`
    return [{ code: 'workflow_circle', message, wayOut: 'take one of these calls out: a workflow never calls itself, nor through others', ...at }]
  })
}

function missing(id: string, workflow: WorkflowName, all: Standings): Pick<Finding, 'message' | 'wayOut'> {
  const held = loadedIn(all).get(workflow)
  if (held !== undefined) {
    return { message: `step ${id} calls ${workflow}, which cannot be used as it is in ${held.file}`, wayOut: `mend ${held.file}` }
  }
  const refused = [...all].flatMap(([file, { type }]) => (type === 'refused' ? [file] : []))
  const wayOut = refused.length === 0 ? `write ${workflow} in a file of workflows/, or call another` : `it may be in ${refused.join(' or ')}, which cannot be used: mend that first`
  return { message: `step ${id} calls ${workflow}, and no file of the workspace holds a workflow called so`, wayOut }
}

/** A shortest way of calls from one workflow to another, both ends included; undefined where there is none. */
function wayBack(from: WorkflowName, to: WorkflowName, usable: Loaded): readonly WorkflowName[] | undefined {
  const ways: WorkflowName[][] = [[from]]
  const seen = new Set([from])
  for (const way of ways) {
    const last = way.at(-1) ?? from
    if (last === to) return way
    for (const step of usable.get(last)?.steps ?? []) {
      if (step.kind !== 'workflow' || seen.has(step.workflow)) continue
      seen.add(step.workflow)
      ways.push([...way, step.workflow])
    }
  }
  return undefined
}
