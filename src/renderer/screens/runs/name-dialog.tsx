import { useId, useRef, useState } from 'react'
import { Button } from '../../widgets/button/button.tsx'
import { Modal } from '../../widgets/dialog/modal.tsx'
import { ViewName } from './views.ts'
import './name-dialog.css'

interface NameDialogProps {
  readonly title: string
  readonly name: string
  readonly onName: (name: string) => void
  readonly onClose: () => void
}

export function NameDialog({ title, name, onName, onClose }: NameDialogProps) {
  const [text, setText] = useState(name)
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const parsed = ViewName.safeParse(text)
  const finish = (): void => {
    if (!parsed.success) return
    onName(parsed.data)
    onClose()
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
          <Button tone="primary" unavailable={parsed.success ? undefined : 'a name has 1 to 60 characters'} onPress={finish}>
            Save
          </Button>
        </>
      }
    >
      <form
        className="name-dialog"
        onSubmit={(event) => {
          event.preventDefault()
          finish()
        }}
      >
        <label htmlFor={id}>Name</label>
        <input id={id} ref={input} value={text} onFocus={({ target }) => target.select()} onChange={({ target }) => setText(target.value)} />
      </form>
    </Modal>
  )
}
