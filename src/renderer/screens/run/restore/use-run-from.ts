import { useCallback, useMemo } from 'react'
import type { Pass } from '../inspector/use-pass.ts'
import { useSelect } from '../state/selection.ts'
import { useRestedView } from '../state/view.ts'
import { throughParent, useParent } from './through-parent.tsx'
import { momentBefore } from './wish.ts'

export interface RunFrom {
  readonly unavailable: string | undefined
  /** Shows what restoring the newest moment leads to at which the pass had not begun. */
  readonly show: () => void
}

export function useRunFrom(pass: Pass | undefined): RunFrom {
  const { line, branch } = useRestedView()
  const select = useSelect()
  const parent = useParent()
  const record = pass?.record
  const isAhead = record === undefined || (record.status === 'pending' && record.startedAt === null)
  const moment = useMemo(() => (isAhead ? undefined : momentBefore(line, record)), [isAhead, line, record])
  const show = useCallback(() => {
    if (moment !== undefined) select({ branch, checkpoint: moment, iteration: undefined, attempt: undefined, tab: 'restore' })
  }, [select, branch, moment])
  const why = pass === undefined ? 'no step is selected' : 'the run has not come to it'
  return { unavailable: parent !== null ? throughParent : moment === undefined ? why : undefined, show }
}
