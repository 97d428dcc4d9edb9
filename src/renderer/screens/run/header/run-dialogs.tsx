import { TextDialog } from '../../../widgets/dialog/text-dialog.tsx'
import { shortId } from '../../../widgets/identity/short-id.tsx'
import { useCalmly } from '../state/calm.ts'
import { CancelDialog } from './cancel-dialog.tsx'
import { RecoverDialog } from './recover-dialog.tsx'
import type { Acting } from './use-acting.ts'
import type { Marking } from './use-marking.ts'

/** What is asked for before something is done to the run. */
export type Asked = 'cancel' | 'recover' | 'mark' | 'keep'

interface RunDialogsProps {
  readonly asks: Asked | undefined
  readonly acting: Acting
  readonly marking: Marking
  readonly onClose: () => void
}

export function RunDialogs({ asks, acting, marking, onClose }: RunDialogsProps) {
  const { id, workflow } = useCalmly(({ run }) => run.detail.record)
  const name = `${workflow} ${shortId(id)}`
  return (
    <>
      {asks === 'cancel' && <CancelDialog acting={acting} onClose={onClose} />}
      {asks === 'recover' && <RecoverDialog onClose={onClose} />}
      {asks === 'mark' && (
        <TextDialog
          title={`Take a checkpoint of ${name}`}
          label="Note"
          text=""
          most={10_000}
          verb="Take the checkpoint"
          asksHost
          onDone={marking.takeCheckpoint}
          onClose={onClose}
        >
          It marks this moment, so that it can be found and gone back to. The run goes on.
        </TextDialog>
      )}
      {asks === 'keep' && (
        <TextDialog
          title={`Keep ${name}`}
          label="Why"
          text=""
          most={10_000}
          verb="Keep the run"
          asksHost
          onDone={marking.keep}
          onClose={onClose}
        >
          Retention removes nothing of it, whatever the settings say, until somebody lets it go.
        </TextDialog>
      )}
    </>
  )
}
