import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { IconButton } from '../button/icon-button.tsx'
import './modal.css'

interface ModalProps {
  readonly title: string
  readonly open: boolean
  readonly onClose: () => void
  readonly children: ReactNode
  /** Buttons, the one that does it last. */
  readonly actions?: ReactNode
  /** What has the focus first; otherwise the first thing that can have it. */
  readonly first?: RefObject<HTMLElement | null>
}

/** A question or a page over the screen. Esc and a press beside it close it; the focus goes back where it was. */
export function Modal({ title, open, onClose, children, actions, first }: ModalProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(isOpen) => isOpen || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="modal-backdrop" />
        <Dialog.Popup className="modal" initialFocus={first}>
          <header>
            <Dialog.Title render={<h2 />}>{title}</Dialog.Title>
            <IconButton icon={X} label="Close" keys="Escape" onPress={onClose} />
          </header>
          <div className="content">{children}</div>
          {actions !== undefined && <footer>{actions}</footer>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
