import { useMemo } from 'react'
import type { TitleOf } from '../../../widgets/preview/wording.ts'
import { useView } from '../state/view.ts'

/** What the definition calls its steps. */
export function useTitleOf(): TitleOf {
  const { steps } = useView().detail.manifest
  return useMemo(() => {
    const titles = new Map(steps.map(({ id, title }) => [id, title]))
    return (step) => titles.get(step) ?? step
  }, [steps])
}
