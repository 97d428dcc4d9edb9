import { useId, useRef, useState } from 'react'
import { Button } from '../../../widgets/button/button.tsx'
import { Modal } from '../../../widgets/dialog/modal.tsx'
import './text-dialog.css'

interface TextDialogProps {
  readonly title: string
  /** What is asked for. */
  readonly label: string
  readonly text: string
  readonly most: number
  /** What the button says. */
  readonly verb: string
  readonly children?: string
  /** Answers whether it was done: then the dialog closes. */
  readonly onDone: (text: string) => Promise<boolean>
  readonly onClose: () => void
}

/** Asks for a line of text that goes along with an action. Enter does it. */
export function TextDialog({ title, label, text, most, verb, children, onDone, onClose }: TextDialogProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [written, setWritten] = useState(text)
  const [isBusy, setBusy] = useState(false)
  const finish = async (): Promise<void> => {
    setBusy(true)
    if (await onDone(written.trim())) onClose()
    else setBusy(false)
  }
  return (
    <Modal
      title={title}
      open
      first={input}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Back</Button>
          <Button tone="primary" busy={isBusy} asksHost onPress={() => void finish()}>
            {verb}
          </Button>
        </>
      }
    >
      <form
        className="text-dialog"
        onSubmit={(event) => {
          event.preventDefault()
          void finish()
        }}
      >
        {children !== undefined && <p className="quiet">{children}</p>}
        <label htmlFor={id}>{label}</label>
        <input
          id={id}
          ref={input}
          value={written}
          maxLength={most}
          onFocus={({ target }) => target.select()}
          onChange={({ target }) => setWritten(target.value)}
        />
      </form>
    </Modal>
  )
}
