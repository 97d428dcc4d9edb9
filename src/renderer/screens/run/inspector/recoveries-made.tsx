import { safe } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { counted, times } from '../../../../model/counted.ts'
import { isEnded } from '../../../../model/status.ts'
import { useApi } from '../../../state/client.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { tell } from '../../../widgets/feedback/toasts.tsx'
import { useRestedMoment, useView } from '../state/view.ts'

/**
 * How often the run has recovered by itself, against its limit, and what has it begin anew; nothing where it has not, and at a moment, of
 * which nobody knows.
 */
export function RecoveriesMade() {
  const api = useApi()
  const { id, recoveries, status } = useView().detail.record
  const isMoment = useRestedMoment() !== undefined
  const { data } = useQuery({
    queryKey: ['recoveries', id],
    queryFn: () => api.errorRecords.ofRun({ run: id }),
    enabled: recoveries > 0,
    meta: { follows: ['host'] },
  })
  if (recoveries === 0 || isMoment || data === undefined) return null
  const { limit } = data.recoveries
  const reset = async (): Promise<void> => {
    const { error } = await safe(api.runs.resetRecoveries({ run: id }))
    if (error === null) tell.done(`The run recovers by itself up to ${times(limit)} from now on`)
    else tell.failed('What it has recovered counts as before', error.message)
  }
  return (
    <div className="recoveries-made" data-tone={recoveries < limit ? undefined : 'attention'}>
      <p>
        Recovered {recoveries} of {counted(limit, 'time')} by itself since a person acted on it
        {recoveries >= limit && ': from here on nothing is tried again, until a person acts on the run'}
      </p>
      {!isEnded(status) && (
        <Button tone="quiet" icon={RotateCcw} asksHost onPress={() => void reset()}>
          Count anew
        </Button>
      )}
    </div>
  )
}
