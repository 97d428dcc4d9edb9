import { useId, useRef, useState } from 'react'
import { useHostAway } from '../../state/connection.ts'
import { Button } from '../button/button.tsx'
import { Modal } from './modal.tsx'
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
  /** Set where the host has to do it: it is not done while the host is away. */
  readonly asksHost?: boolean
  /** Why it cannot be done with that text. */
  readonly faultOf?: (text: string) => string | undefined
  /** Answers whether it was done: then the dialog closes. */
  readonly onDone: (text: string) => boolean | Promise<boolean>
  readonly onClose: () => void
}

/** Asks for a line of text that goes along with an action. Enter does it, once. */
export function TextDialog({ title, label, text, most, verb, children, asksHost = false, faultOf, onDone, onClose }: TextDialogProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [written, setWritten] = useState(text)
  const [isBusy, setBusy] = useState(false)
  const away = useHostAway()
  const fault = faultOf?.(written.trim())
  const finish = async (): Promise<void> => {
    if (isBusy || fault !== undefined || (asksHost && away !== undefined)) return
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
          <Button tone="primary" busy={isBusy} asksHost={asksHost} unavailable={fault} onPress={() => void finish()}>
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
