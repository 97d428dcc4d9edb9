import { useEffect, useMemo } from 'react'
import type { StepId } from '../../../../model/ids.ts'
import { useLogs } from '../inspector/use-logs.ts'
import { type Exchange, exchangesOf } from './exchanges-of.ts'

/** What an attempt asked and was answered, by a moment where one is looked at; what was kept from before is read where nothing of it came along. */
export function useExchanges(step: StepId, iteration: number | undefined, attempt: number | undefined): readonly Exchange[] {
  const { logs, reachesBack, reachBack } = useLogs(step)
  const exchanges = useMemo(
    () => exchangesOf(logs.filter((line) => line.iteration === iteration && line.attempt === attempt)),
    [logs, iteration, attempt],
  )
  const isCut = attempt !== undefined && exchanges.length === 0 && !reachesBack
  useEffect(() => {
    if (isCut) reachBack()
  })
  return exchanges
}
