import { safe } from '@orpc/client'
import { useState } from 'react'
import type { BreakerView } from '../../../model/breaker.ts'
import { useApi } from '../../state/client.ts'
import { Button } from '../../widgets/button/button.tsx'
import { Modal } from '../../widgets/dialog/modal.tsx'
import { tell } from '../../widgets/feedback/toasts.tsx'
import { ReasonField } from '../../widgets/reason/reason-field.tsx'

/** Asks before a breaker is closed by hand: which, what goes on by that, and why. */
export function CloseDialog({ breaker, onClose }: { readonly breaker: BreakerView; readonly onClose: () => void }) {
  const { workflow, dependency, holds } = breaker
  const api = useApi()
  const [reason, setReason] = useState(`${dependency} is mended`)
  const [isBusy, setBusy] = useState(false)
  const close = async (): Promise<void> => {
    setBusy(true)
    const { error } = await safe(api.breakers.reset({ workflow, dependency, reason: reason.trim() }))
    setBusy(false)
    if (error !== null) return tell.failed('The breaker was not closed', error.message)
    tell.done(`${workflow} may reach ${dependency} again`)
    onClose()
  }
  return (
    <Modal
      title={`Close the breaker of ${dependency}`}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Leave it</Button>
          <Button tone="primary" busy={isBusy} asksHost unavailable={reason.trim() === '' ? 'say why' : undefined} onPress={() => void close()}>
            Close it
          </Button>
        </>
      }
    >
      <div className="close-breaker">
        <p>{holds === 0 ? 'What it has counted is forgotten.' : `${holds === 1 ? 'The step that waits goes' : `The ${holds} steps that wait go`} on at once.`}</p>
        <ReasonField label="Why" reason={reason} onReason={setReason} />
      </div>
    </Modal>
  )
}
