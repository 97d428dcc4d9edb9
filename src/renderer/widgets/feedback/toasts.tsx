import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { spelled } from '../text/unseen.ts'
import './toasts.css'

const manager = Toast.createToastManager()

/** Takes back what was told, or leads to what it is about. */
interface Offered {
  readonly label: string
  readonly run: () => void
}

/** What is told for as long as it is so. Once a person has closed it, neither does anything. */
export interface Told {
  close(): void
  change(title: string, description: string): void
}

/** Tells what came of an action, once it is known; failures stay until they are closed. */
export const tell = {
  done: (title: string, description?: string, undo?: Offered): void => {
    const id = manager.add({
      title: spelled(title),
      description: spelled(description ?? ''),
      type: 'success',
      timeout: undo === undefined ? 6_000 : 12_000,
      ...(undo === undefined ? {} : { actionProps: { children: undo.label, onClick: () => (manager.close(id), undo.run()) } }),
    })
  },
  /** Answers what was pressed and does nothing; pressed again, it answers in the same place. */
  nothing: (title: string, description: string): void => {
    manager.add({ id: `nothing/${title}`, title: spelled(title), description: spelled(description), type: 'inactive', timeout: 6_000 })
  },
  /** Something waits for a person: it stays until it is closed, or gone to. */
  asked: (title: string, description: string, { label, run }: Offered): Told => {
    const id = manager.add({
      title: spelled(title),
      description: spelled(description),
      type: 'attention',
      timeout: 0,
      actionProps: { children: label, onClick: () => (manager.close(id), run()) },
    })
    return {
      close: () => manager.close(id),
      change: (now, then) => manager.update(id, { title: spelled(now), description: spelled(then) }),
    }
  },
  failed: (title: string, description?: string): void => {
    manager.add({ title: spelled(title), description: spelled(description ?? ''), type: 'failure', timeout: 0, priority: 'high' })
  },
}

/** Where they appear. Shown once, by the shell. */
export function Toasts() {
  return (
    <Toast.Provider toastManager={manager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast" data-tone={toast.type}>
      <Toast.Content className="content">
        <div>
          <Toast.Title className="title" />
          <Toast.Description className="quiet" />
          <Toast.Action className="button" />
        </div>
        <Toast.Close className="icon-button" aria-label="Close">
          <X size={14} aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}
