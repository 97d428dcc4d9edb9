import { Fragment, useRef, useState } from 'react'
import type { Consequence } from '../../../../model/consequence.ts'
import type { DecisionKind } from '../../../../model/decision.ts'
import { useHostAway } from '../../../state/connection.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { Modal } from '../../../widgets/dialog/modal.tsx'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { ReasonField } from '../../../widgets/reason/reason-field.tsx'
import { ownTitle } from '../../../widgets/preview/child-words.ts'
import { OutsideList } from '../../../widgets/preview/outside-list.tsx'
import type { TitleOf } from '../../../widgets/preview/wording.ts'
import { certainTouches, wayInWords } from '../consequences/wording.ts'
import type { Offer } from './answer-bar.tsx'
import { needsReason, usualReason } from './confirming.ts'
import { Unread } from './unread.tsx'
import './confirm-answer.css'

interface ConfirmAnswerProps {
  readonly offer: Offer
  readonly kind: DecisionKind
  readonly consequence: Consequence | undefined
  readonly note: string
  /** Keeps what is written, should the question be closed before it is answered. */
  readonly onNote: (note: string) => void
  /** What is shown in part only. */
  readonly unread: readonly string[]
  /** Set where something was edited that this answer does not carry. */
  readonly leavesEdit: boolean
  readonly titleOf: TitleOf
  readonly onClose: () => void
  readonly onConfirm: (note: string) => void
}

/** The second press: asked for where something leaves the house, or where the run goes back or ends. */
export function ConfirmAnswer({ offer, kind, consequence, note, onNote, unread, leavesEdit, titleOf, onClose, onConfirm }: ConfirmAnswerProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const isReason = consequence !== undefined && needsReason(consequence)
  const [reason, setReason] = useState(note === '' && consequence !== undefined ? usualReason(kind, consequence) : note)
  const touched = consequence === undefined ? [] : certainTouches(consequence)
  const way = consequence === undefined ? null : wayInWords(consequence, titleOf)
  const away = useHostAway()
  const missing = isReason && reason.trim() === '' ? 'say why: it is kept with the decision' : undefined
  const confirm = (): void => {
    if (missing === undefined && away === undefined) onConfirm(reason)
  }
  return (
    <Modal
      title={offer.words}
      open
      first={field}
      onClose={onClose}
      actions={
        <>
          <Button tone="quiet" onPress={onClose}>
            Not yet
          </Button>
          <Button tone={consequence?.outcome === 'ends' ? 'danger' : 'primary'} unavailable={missing} asksHost onPress={confirm}>
            {offer.words}
          </Button>
        </>
      }
    >
      <div className="confirm-answer">
        <Unread of={unread} />
        {way !== null && <p>{way}</p>}
        {touched.length > 0 && (
          <Callout tone="attention" title="This leaves the house">
            {touched.map(({ by, touches }) => (
              <Fragment key={by?.path.join('/') ?? ''}>
                {by !== null && (
                  <p>
                    In {by.workflow}, a child run of “{by.path.slice(0, 1).map(titleOf).join('')}”:
                  </p>
                )}
                <OutsideList outside={touches} titleOf={by === null ? titleOf : ownTitle} />
              </Fragment>
            ))}
          </Callout>
        )}
        {consequence !== undefined && consequence.compensates.length > 0 && <p>Undone: {consequence.compensates.map(titleOf).join(', ')}.</p>}
        {leavesEdit && <p>Your edit does not go along: it would change what is being left behind.</p>}
        <ReasonField
          label={isReason ? 'Why' : 'Note'}
          ref={field}
          reason={reason}
          aria-required={isReason}
          onFocus={(event) => event.currentTarget.select()}
          onReason={(text) => {
            setReason(text)
            onNote(text)
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            confirm()
          }}
        />
        <p className="quiet">Enter confirms, Shift and Enter begin a new line, Esc goes back.</p>
      </div>
    </Modal>
  )
}
