import { useState } from 'react'
import { Button } from '../../../widgets/button/button.tsx'
import { Modal } from '../../../widgets/dialog/modal.tsx'
import { shortId } from '../../../widgets/identity/short-id.tsx'
import { ReasonField } from '../../../widgets/reason/reason-field.tsx'
import { useFollowed } from '../state/following.ts'
import { onBranch } from '../state/on-branch.ts'
import { cancelConsequences } from './cancel-consequences.ts'
import type { Acting } from './use-acting.ts'
import { useGrace } from './use-grace.ts'
import './cancel-dialog.css'

/** Asks before the run is cancelled: which run, what follows, and why. */
export function CancelDialog({ acting, onClose }: { readonly acting: Acting; readonly onClose: () => void }) {
  const { detail } = useFollowed(({ run }) => onBranch(run.detail, run.detail.record.branch))
  const grace = useGrace(detail.record.workflow)
  const [reason, setReason] = useState('Cancelled from the console')
  const { workflow, id: run } = detail.record
  const cancel = async (): Promise<void> => {
    if (await acting.act('cancel', reason.trim())) onClose()
  }
  return (
    <Modal
      title={`Cancel ${workflow} ${shortId(run)}`}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Keep it running</Button>
          <Button
            tone="danger"
            busy={acting.busy === 'cancel'}
            asksHost
            unavailable={reason.trim() === '' ? 'say why' : undefined}
            onPress={() => void cancel()}
          >
            Cancel the run
          </Button>
        </>
      }
    >
      <div className="cancel-dialog">
        <ul>
          {cancelConsequences(detail, grace).map((consequence) => (
            <li key={consequence}>{consequence}</li>
          ))}
        </ul>
        <ReasonField label="Why, kept in the journal" reason={reason} onReason={setReason} />
      </div>
    </Modal>
  )
}
