import { useMemo } from 'react'
import type { Json } from '../../../model/json.ts'
import { DiffView } from './diff-view.tsx'
import { jsonLines } from './json-lines.ts'

interface JsonDiffProps {
  readonly before: Json
  readonly after: Json
  /** What is compared, for whoever does not see it. */
  readonly label?: string
}

/** What changed between two values, in context; what did not is folded. */
export function JsonDiff({ before, after, label = 'Difference of two values' }: JsonDiffProps) {
  const lines = useMemo(() => jsonLines(before, after), [before, after])
  return <DiffView lines={lines} label={label} />
}
