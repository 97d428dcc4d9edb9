import type { StepId } from '../../../model/ids.ts'
import { SidePart } from '../side-part/side-part.tsx'
import type { TitleOf } from './wording.ts'

interface KeptPartProps {
  readonly title: string
  readonly steps: readonly StepId[]
  readonly titleOf: TitleOf
  readonly level?: 3 | 4
  readonly none: string
}

/** What had completed and is not run again. */
export function KeptPart({ title, steps, titleOf, level = 3, none }: KeptPartProps) {
  return (
    <SidePart title={title} count={steps.length} level={level}>
      <p className="quiet">{steps.length === 0 ? none : steps.map(titleOf).join(', ')}</p>
    </SidePart>
  )
}
