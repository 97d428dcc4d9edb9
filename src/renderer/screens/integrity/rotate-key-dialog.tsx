import { useState } from 'react'
import type { Desktop } from '../../../contract/desktop/page.ts'
import { Button } from '../../widgets/button/button.tsx'
import { Modal } from '../../widgets/dialog/modal.tsx'
import './reopening-consequences.css'

interface RotateKeyDialogProps {
  /** The fingerprint of the key that the store has. */
  readonly from: string
  readonly reopen: Desktop['reopen']
  readonly onClose: () => void
}

/** Asks before the store is given another key, and says what happens. It is shown until the store has another. */
export function RotateKeyDialog({ from, reopen, onClose }: RotateKeyDialogProps) {
  const [isBusy, setBusy] = useState(false)
  const rotate = (): void => {
    setBusy(true)
    reopen({ way: 'rotate_key', from })
  }
  return (
    <Modal
      title="Give the store another key"
      open
      onClose={onClose}
      actions={
        <>
          <Button unavailable={isBusy ? 'it is being replaced' : undefined} onPress={onClose}>
            Keep this one
          </Button>
          <Button tone="primary" busy={isBusy} asksHost onPress={rotate}>
            Give it another
          </Button>
        </>
      }
    >
      <ul className="reopening-consequences">
        <li>A new key is made, and kept in your keychain. From then on the store is opened with that alone.</li>
        <li>
          The host stops for a moment, and runs go on after that. A step that is under way begins again; whether an effect that was cut off
          happened, its check or a person says.
        </li>
        <li>
          The key <code>{from}</code> is kept beside the new one, for backups that were made with it: bringing one back gives the store
          that key again.
        </li>
      </ul>
    </Modal>
  )
}
