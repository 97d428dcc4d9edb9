/** What the modules of a workspace come to together, and what has changed about it. Pure. */
import { isDeepStrictEqual } from 'node:util'
import type { Revision } from '../../model/revision.ts'
import { DefinitionError, problemsOf } from './definition-error.ts'

/** How a file stands by itself. */
export type Standing =
  | { readonly type: 'loaded'; readonly revision: Revision }
  | { readonly type: 'refused'; readonly error: DefinitionError }

export type WorkflowEvent =
  | { readonly type: 'loaded'; readonly file: string; readonly revision: Revision }
  | { readonly type: 'refused'; readonly file: string; readonly error: DefinitionError }
  /** The file is gone, or holds another workflow now, which is told next. */
  | { readonly type: 'removed'; readonly file: string }

export type Standings = ReadonlyMap<string, Standing>

/** Files that hold workflows of one name are refused, all of them: none is more the workflow than another. */
export function refuseNamesakes(standings: Standings): Standings {
  const byName = Map.groupBy(standings, ([, standing]) => nameOf(standing))
  return new Map(
    [...standings].map(([file, standing]) => {
      const name = nameOf(standing)
      const others = (byName.get(name) ?? []).map(([other]) => other).filter((other) => other !== file)
      if (name === undefined || others.length === 0) return [file, standing]
      const message = `it holds a workflow called ${name}, and so does ${others.join(' and ')}`
      const wayOut = 'give each workflow a name of its own, or begin the name of the file that is not meant with _'
      const error = new DefinitionError(file, problemsOf(file, [{ code: 'duplicate_workflow', message, wayOut, path: 'name' }]))
      return [file, { type: 'refused', error }]
    }),
  )
}

/** What leads from one to the other. A name that moves between files is given up before it is taken. */
export function changes(before: Standings, after: Standings): readonly WorkflowEvent[] {
  const gone: WorkflowEvent[] = []
  const told: WorkflowEvent[] = []
  for (const [file, standing] of before) {
    const next = after.get(file)
    const renamed = next?.type === 'loaded' && standing.type === 'loaded' && nameOf(next) !== nameOf(standing)
    if (next === undefined || renamed) gone.push({ type: 'removed', file })
  }
  for (const [file, standing] of after) {
    const earlier = before.get(file)
    if (earlier !== undefined && isSame(earlier, standing)) continue
    if (standing.type === 'refused') gone.push({ type: 'refused', file, error: standing.error })
    else told.push({ type: 'loaded', file, revision: standing.revision })
  }
  return [...gone, ...told]
}

function nameOf(standing: Standing): string | undefined {
  return standing.type === 'loaded' ? standing.revision.manifest.name : undefined
}

function isSame(a: Standing, b: Standing): boolean {
  if (a.type === 'refused') return b.type === 'refused' && isDeepStrictEqual(a.error.problems, b.error.problems)
  if (b.type === 'refused') return false
  return a.revision.hash === b.revision.hash && isDeepStrictEqual(a.revision.manifest, b.revision.manifest)
}
