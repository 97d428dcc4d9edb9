import { type Finding, isOfRevision, keyOf } from '../../model/integrity.ts'

/** What a run is read with. They are looked at together. */
const controlRows: ReadonlySet<string> = new Set(['run', 'lineage', 'branch', 'step', 'attempt', 'decision', 'error'])

/** The check by which it is seen that this is whole. The code is one thing, whoever pins it, and so are the control rows of a run. */
export function checkedBy({ object, key, run }: Finding): string {
  if (isOfRevision({ object })) return keyOf({ object, key, run: null })
  return run !== null && controlRows.has(object) ? keyOf({ object: 'run', key: run, run }) : keyOf({ object, key, run })
}
