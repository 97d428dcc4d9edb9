import { useMemo } from 'react'
import { useCalmly } from '../state/calm.ts'
import type { TitleOf } from './wish.ts'

/** What the definition calls its steps. */
export function useTitleOf(): TitleOf {
  const { steps } = useCalmly(({ run }) => run.detail.manifest)
  return useMemo(() => {
    const titles = new Map(steps.map(({ id, title }) => [id, title]))
    return (step) => titles.get(step) ?? step
  }, [steps])
}
