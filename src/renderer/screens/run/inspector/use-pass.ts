import { useMemo } from 'react'
import type { StepManifest } from '../../../../model/manifest.ts'
import type { AttemptRecord, StepRecord } from '../../../../model/step.ts'
import { useSelection } from '../state/selection.ts'
import type { RunDetail } from '../../../../model/views.ts'

/** The step that is selected, with the iteration that is looked at. */
export interface Pass {
  readonly step: StepManifest
  readonly iterations: readonly StepRecord[]
  /** Undefined where it has not come to it yet. */
  readonly record: StepRecord | undefined
  /** Of the iteration, in their order. */
  readonly attempts: readonly AttemptRecord[]
}

/** Of these rows. Undefined where no step is selected. */
export function usePass({ manifest, steps, attempts }: RunDetail): Pass | undefined {
  const selected = useSelection()
  return useMemo(() => {
    const step = manifest.steps.find(({ id }) => id === selected.step)
    if (step === undefined) return undefined
    const iterations = steps.filter((record) => record.step === step.id)
    const record = iterations.find(({ iteration }) => iteration === selected.iteration) ?? iterations.at(-1)
    const tried = attempts.filter((attempt) => attempt.step === step.id && attempt.iteration === record?.iteration)
    return { step, iterations, record, attempts: tried }
  }, [manifest, steps, attempts, selected.step, selected.iteration])
}
