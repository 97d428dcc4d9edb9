import { useMemo } from 'react'
import type { ShownLine } from './diff-line.tsx'
import { DiffView } from './diff-view.tsx'
import { textLines } from './text-lines.ts'

interface TextDiffProps {
  readonly before: string
  readonly after: string
  /** What is compared, for whoever does not see it. */
  readonly label?: string
}

/** What changed between two texts: lines that went and came, the words that changed marked in them. */
export function TextDiff({ before, after, label = 'Difference of two texts' }: TextDiffProps) {
  const lines = useMemo(
    () =>
      textLines(before, after).map((line): ShownLine => {
        if (line.kind !== 'folded') return { ...line, depth: 0 }
        return { kind: 'folded', depth: 0, parts: [{ text: `… ${line.lines} unchanged lines`, changed: false }] }
      }),
    [before, after],
  )
  return <DiffView lines={lines} label={label} />
}
