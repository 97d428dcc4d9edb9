import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Json } from '../../../../model/json.ts'
import type { Consequence } from '../../../../model/consequence.ts'
import { useApi } from '../../../state/client.ts'
import { useNews } from '../../../state/news.ts'
import type { DecisionPlace } from '../search.ts'
import { useSettled } from '../../../state/settled.ts'

/** How long what is written must rest before it is asked what it would lead to, in milliseconds. */
const rest = 400

export interface Foreseen {
  readonly actions: readonly Consequence[] | undefined
  /** Why it cannot be told. */
  readonly failure: string | undefined
  /** What is shown is of an earlier edit, or of an earlier state of the run. */
  readonly isOld: boolean
}

/** What goes along with an answer, as it is written. */
export interface Along {
  readonly note: string
  readonly edit: Json | undefined
  /** Where the run would be sent back to. */
  readonly checkpoint: number | null
}

/** What each answer would lead to, with what goes with it as that is written. */
export function useConsequences({ run, decision }: DecisionPlace, { note, edit, checkpoint }: Along): Foreseen {
  const api = useApi()
  const version = useNews(({ runs }) => runs.get(run)?.version)
  const given = JSON.stringify({ note, edit, checkpoint })
  const settled = useSettled(given, rest)
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['consequences', run, decision, settled, version],
    queryFn: ({ signal }) =>
      api.decisions.consequences({ run, decision, note: note === '' ? null : note, checkpoint, ...(edit !== undefined && { edit }) }, { signal }),
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  })
  return { actions: data?.actions, failure: error?.message, isOld: isPlaceholderData || settled !== given }
}

/** Undefined as long as it is not known. */
export function consequenceOf({ actions }: Foreseen, action: string): Consequence | undefined {
  return actions?.find((each) => each.action === action)
}
