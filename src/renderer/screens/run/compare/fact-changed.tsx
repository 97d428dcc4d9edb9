import type { StepFact } from '../../../../model/checkpoint.ts'

interface FactChangedProps {
  readonly step: string
  /** Null where nothing was known of it. */
  readonly before: StepFact | null
  readonly after: StepFact | null
}

/** How a step stood, and how it stands. */
export function FactChanged({ step, before, after }: FactChangedProps) {
  const named = after ?? before
  const iteration = named?.iteration ?? 1
  return (
    <>
      <strong>{iteration === 1 ? step : `${step}, iteration ${iteration}`}</strong>{' '}
      {before !== null && (
        <>
          <del>
            {after === null || before.iteration === after.iteration
              ? standing(before)
              : `${standing(before)} in iteration ${before.iteration}`}
          </del>{' '}
          →{' '}
        </>
      )}
      {after === null ? <span className="quiet">not come to</span> : <ins>{standing(after)}</ins>}
    </>
  )
}

function standing({ status, skipped, via }: StepFact): string {
  if (skipped !== undefined) return `${status} (${skipped})`
  return via === undefined ? status : `${status} by ${via}`
}
