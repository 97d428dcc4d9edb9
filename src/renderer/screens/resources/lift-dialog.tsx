import type { ThrottleView } from '../../../model/throttle.ts'
import { useApi } from '../../state/client.ts'
import { ReasonDialog } from '../../widgets/reason/reason-dialog.tsx'

/** Asks before a throttle is lifted by hand: which, what goes on by that, and why. */
export function LiftDialog({ throttle, onClose }: { readonly throttle: ThrottleView; readonly onClose: () => void }) {
  const { workflow, dependency, waiting, limit } = throttle
  const api = useApi()
  return (
    <ReasonDialog
      title={`Lift the throttle of ${dependency}`}
      act="Lift it"
      usual={`${dependency} has room again`}
      onAct={(reason) => api.throttles.reset({ workflow, dependency, reason })}
      done={`As many of ${workflow} may reach ${dependency} as before`}
      failed="The throttle was not lifted"
      onClose={onClose}
    >
      No more than {limit} may reach it at once now.{' '}
      {waiting === 0 ? 'Nobody waits for it.' : `${waiting === 1 ? 'The step that waits goes' : `The ${waiting} steps that wait go`} on at once, as far as other limits let ${waiting === 1 ? 'it' : 'them'}.`}
    </ReasonDialog>
  )
}
