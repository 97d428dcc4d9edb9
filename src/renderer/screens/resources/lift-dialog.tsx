import { safe } from '@orpc/client'
import { useState } from 'react'
import type { ThrottleView } from '../../../model/throttle.ts'
import { useApi } from '../../state/client.ts'
import { Button } from '../../widgets/button/button.tsx'
import { Modal } from '../../widgets/dialog/modal.tsx'
import { tell } from '../../widgets/feedback/toasts.tsx'
import { ReasonField } from '../../widgets/reason/reason-field.tsx'

/** Asks before a throttle is lifted by hand: which, what goes on by that, and why. */
export function LiftDialog({ throttle, onClose }: { readonly throttle: ThrottleView; readonly onClose: () => void }) {
  const { workflow, dependency, waiting, limit } = throttle
  const api = useApi()
  const [reason, setReason] = useState(`${dependency} has room again`)
  const [isBusy, setBusy] = useState(false)
  const lift = async (): Promise<void> => {
    setBusy(true)
    const { error } = await safe(api.throttles.reset({ workflow, dependency, reason: reason.trim() }))
    setBusy(false)
    if (error !== null) return tell.failed('The throttle was not lifted', error.message)
    tell.done(`As many of ${workflow} may reach ${dependency} as before`)
    onClose()
  }
  return (
    <Modal
      title={`Lift the throttle of ${dependency}`}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Leave it</Button>
          <Button tone="primary" busy={isBusy} asksHost unavailable={reason.trim() === '' ? 'say why' : undefined} onPress={() => void lift()}>
            Lift it
          </Button>
        </>
      }
    >
      <div className="lift-throttle">
        <p>
          No more than {limit} may reach it at once now.{' '}
          {waiting === 0 ? 'Nobody waits for it.' : `${waiting === 1 ? 'The step that waits goes' : `The ${waiting} steps that wait go`} on at once, as far as other limits let ${waiting === 1 ? 'it' : 'them'}.`}
        </p>
        <ReasonField label="Why" reason={reason} onReason={setReason} />
      </div>
    </Modal>
  )
}
