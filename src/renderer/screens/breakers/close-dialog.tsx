import type { BreakerView } from '../../../model/breaker.ts'
import { useApi } from '../../state/client.ts'
import { ReasonDialog } from '../../widgets/reason/reason-dialog.tsx'

/** Asks before a breaker is closed by hand: which, what goes on by that, and why. */
export function CloseDialog({ breaker, onClose }: { readonly breaker: BreakerView; readonly onClose: () => void }) {
  const { workflow, dependency, holds } = breaker
  const api = useApi()
  return (
    <ReasonDialog
      title={`Close the breaker of ${dependency}`}
      act="Close it"
      usual={`${dependency} is mended`}
      onAct={(reason) => api.breakers.reset({ workflow, dependency, reason })}
      done={`${workflow} may reach ${dependency} again`}
      failed="The breaker was not closed"
      onClose={onClose}
    >
      {holds === 0 ? 'What it has counted is forgotten.' : `${holds === 1 ? 'The step that waits goes' : `The ${holds} steps that wait go`} on at once.`}
    </ReasonDialog>
  )
}
