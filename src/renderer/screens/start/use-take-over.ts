import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { RunId } from '../../../model/ids.ts'
import { useApi } from '../../state/client.ts'
import type { Drafting } from './use-draft.ts'

/** The input with which a run was started. */
export function useRunInput(run: RunId | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: ['runs', 'input', run],
    queryFn: async () => (run === undefined ? null : (await api.runs.state({ run, checkpoint: 0 })).input),
    enabled: run !== undefined,
  })
}

/** Begins with the input of the run that the address names, once; what is written afterwards stays. */
export function useTakeOver(from: RunId | undefined, { draft, takeOver }: Drafting): void {
  const { data: input } = useRunInput(from)
  const isTaken = from === undefined || draft.origin?.run === from
  useEffect(() => {
    if (from !== undefined && !isTaken && input !== undefined) takeOver(from, input)
  }, [from, isTaken, input, takeOver])
}
