import { useMemo } from 'react'
import type { TitleOf } from '../../../widgets/preview/wording.ts'
import { useCalmly } from '../state/calm.ts'

/** What the definition calls its steps. */
export function useTitleOf(): TitleOf {
  const { steps } = useCalmly(({ run }) => run.detail.manifest)
  return useMemo(() => {
    const titles = new Map(steps.map(({ id, title }) => [id, title]))
    return (step) => titles.get(step) ?? step
  }, [steps])
}
