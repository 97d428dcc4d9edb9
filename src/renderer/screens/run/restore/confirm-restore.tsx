import { useRef, useState } from 'react'
import { reachesOut } from '../../../../model/child-ahead.ts'
import { reachesOutside, type Preview } from '../../../../model/preview.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { Modal } from '../../../widgets/dialog/modal.tsx'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { ChildrenPart } from '../../../widgets/preview/children-part.tsx'
import { OutsideList } from '../../../widgets/preview/outside-list.tsx'
import { ReasonField } from '../../../widgets/reason/reason-field.tsx'
import { shortId } from '../../../widgets/identity/short-id.tsx'
import { useCalmly } from '../state/calm.ts'
import { DoubtList } from './preview-parts.tsx'
import { usePreview } from './use-preview.ts'
import { useTitlesIn } from './use-title-of.ts'
import type { Wish } from './wish.ts'
import './confirm-restore.css'

interface ConfirmRestoreProps {
  readonly wish: Wish
  readonly isBusy: boolean
  readonly onClose: () => void
  /** With what stands there. */
  readonly onConfirm: (wish: Wish, preview: Preview) => void
}

/** The second press: which run, to which checkpoint, and what of it reaches the world outside. */
export function ConfirmRestore({ wish, isBusy, onClose, onConfirm }: ConfirmRestoreProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const workflow = useCalmly(({ run }) => run.detail.record.workflow)
  const { preview, problem } = usePreview(wish.checkpoint, wish.definition)
  const titleOf = useTitlesIn(preview)
  const [reason, setReason] = useState(wish.reason)
  const unavailable =
    reason.trim() === ''
      ? 'say why: it is kept with the branch'
      : preview === undefined
        ? (problem ?? 'what it leads to is being read')
        : undefined
  return (
    <Modal
      title={`Restore checkpoint ${wish.checkpoint} of ${workflow} ${shortId(wish.run)}`}
      open
      first={field}
      onClose={onClose}
      actions={
        <>
          <Button tone="quiet" onPress={onClose}>
            Not yet
          </Button>
          <Button
            tone="danger"
            busy={isBusy}
            asksHost
            unavailable={unavailable}
            onPress={() => {
              if (preview !== undefined) onConfirm({ ...wish, reason }, preview)
            }}
          >
            Restore checkpoint {wish.checkpoint}
          </Button>
        </>
      }
    >
      <div className="confirm-restore">
        {preview === undefined && problem === undefined && <Skeleton lines={3} />}
        {problem !== undefined && (
          <Callout tone="failure" title="It cannot be done now" urgent>
            {problem}
          </Callout>
        )}
        {preview !== undefined && (
          <>
            {preview.outside.length > 0 && (
              <Callout tone="attention" title="This touches the outside world">
                <OutsideList outside={preview.outside} titleOf={titleOf} />
              </Callout>
            )}
            {preview.inDoubt.length > 0 && (
              <Callout tone="attention" title="It is not known whether this happened">
                <DoubtList inDoubt={preview.inDoubt} titleOf={titleOf} />
              </Callout>
            )}
            <ChildrenPart of={preview.children.filter(reachesOut)} titleOf={titleOf} title="By child runs" />
            {!reachesOutside(preview) && <p>Nothing outside is touched any more: it can be taken back.</p>}
          </>
        )}
        <ReasonField label="Why, kept in the journal" ref={field} reason={reason} onReason={setReason} />
      </div>
    </Modal>
  )
}
