import { safe } from '@orpc/client'
import { type ReactNode, useState } from 'react'
import { Button } from '../button/button.tsx'
import { Modal } from '../dialog/modal.tsx'
import { tell } from '../feedback/toasts.tsx'
import { ReasonField } from './reason-field.tsx'
import './reason-dialog.css'

interface ReasonDialogProps {
  readonly title: string
  /** What the button says. */
  readonly act: string
  /** What stands there as the reason until somebody writes another. */
  readonly usual: string
  readonly onAct: (reason: string) => Promise<unknown>
  /** What is told once it was done, and where it was not. */
  readonly done: string
  readonly failed: string
  readonly onClose: () => void
  /** What follows from it. */
  readonly children: ReactNode
}

/** Asks before something is done: what follows from it, and why it is done. It stays open where the host refuses. */
export function ReasonDialog({ title, act, usual, onAct, done, failed, onClose, children }: ReasonDialogProps) {
  const [reason, setReason] = useState(usual)
  const [isBusy, setBusy] = useState(false)
  const press = async (): Promise<void> => {
    setBusy(true)
    const { error } = await safe(onAct(reason.trim()))
    setBusy(false)
    if (error !== null) return tell.failed(failed, error.message)
    tell.done(done)
    onClose()
  }
  return (
    <Modal
      title={title}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Leave it</Button>
          <Button tone="primary" busy={isBusy} asksHost unavailable={reason.trim() === '' ? 'say why' : undefined} onPress={() => void press()}>
            {act}
          </Button>
        </>
      }
    >
      <div className="reason-dialog">
        <p>{children}</p>
        <ReasonField label="Why" reason={reason} onReason={setReason} />
      </div>
    </Modal>
  )
}
