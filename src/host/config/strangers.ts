import type { WorkflowEntry } from '../../contract/workflows.ts'
import type { Fault } from '../../model/policy/policy-view.ts'
import { undeclaredCapacity } from '../../model/resource.ts'
import { nearest } from '../../model/query/nearest.ts'
import type { ConfigRead } from './parse-config.ts'
import { namedIn } from './tree.ts'

/** Resources that steps want more of than there is: nothing of these would ever start. Of what there is none, somebody has closed it. */
export function scarceIn({ config: { policy }, written: { lineOf } }: ConfigRead, here: readonly WorkflowEntry[]): Fault[] {
  return here.flatMap((entry): Fault[] => {
    if (entry.state !== 'ready') return []
    return entry.steps.flatMap(({ id, takes = {} }) =>
      Object.entries(takes).flatMap(([name, amount]): Fault[] => {
        const declared = Object.hasOwn(policy.resources, name)
        const there = (declared ? policy.resources[name] : undefined) ?? undeclaredCapacity
        if (there === 0 || amount <= there) return []
        const what = declared ? `there is ${there} of it` : 'there is one of it where nothing is said'
        return [{ line: lineOf(['resources', name]) ?? lineOf(['resources']) ?? 1, message: `resources.${name}: ${what}, and ${id} of ${entry.name} wants ${amount}: a person is asked whenever it is to start` }]
      }),
    )
  })
}

/** What is said of workflows and steps that are not here. It does no harm: they may be here tomorrow. */
export function strangersIn({ written: { tree, lineOf } }: ConfigRead, here: readonly WorkflowEntry[]): Fault[] {
  const known = here.flatMap(({ name }) => (name === null ? [] : [name]))
  return namedIn(tree['workflows']).flatMap(([workflow, { steps }]): Fault[] => {
    const place = ['workflows', workflow]
    if (!known.some((name) => name === workflow)) return [fault(place, 'there is no such workflow here', nearest<string>(workflow, known))]
    const entry = here.find(({ name }) => name === workflow)
    if (entry?.state !== 'ready') return []
    const ids = entry.steps.map(({ id }): string => id)
    const others = namedIn(steps).filter(([step]) => !ids.includes(step))
    return others.map(([step]) => fault([...place, 'steps', step], `${workflow} has no such step`, nearest(step, ids)))
  })

  function fault(path: readonly string[], what: string, near: string | undefined): Fault {
    return { line: lineOf(path) ?? 1, message: `${path.join('.')}: ${what}${near === undefined ? '' : `; did you mean ${near}?`}` }
  }
}
