import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../../state/client.ts'
import { useRestedMoment, useView } from '../state/view.ts'

/** How often the run has recovered by itself, against its limit; nothing where it has not, and at a moment, of which nobody knows. */
export function RecoveriesMade() {
  const api = useApi()
  const { id, recoveries } = useView().detail.record
  const isMoment = useRestedMoment() !== undefined
  const { data } = useQuery({
    queryKey: ['recoveries', id],
    queryFn: () => api.errorRecords.ofRun({ run: id }),
    enabled: recoveries > 0,
    meta: { follows: ['host'] },
  })
  if (recoveries === 0 || isMoment || data === undefined) return null
  const { limit } = data.recoveries
  return (
    <p className="recoveries-made" data-tone={recoveries < limit ? undefined : 'attention'}>
      Recovered {recoveries} of {limit} times by itself since a person acted on it
      {recoveries >= limit && ': from here on nothing is tried again, until a person acts on the run'}
    </p>
  )
}
