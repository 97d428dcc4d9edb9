import { safe } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { RollbackPreview } from '../../../../model/rollback.ts'
import type { Savepoint } from '../../../../model/savepoint.ts'
import { useApi } from '../../../state/client.ts'
import { usePaced } from '../../../state/paced.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { Modal } from '../../../widgets/dialog/modal.tsx'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { tell } from '../../../widgets/feedback/toasts.tsx'
import { shortId } from '../../../widgets/identity/short-id.tsx'
import { ChildrenPart } from '../../../widgets/preview/children-part.tsx'
import { OutsideList } from '../../../widgets/preview/outside-list.tsx'
import type { TitleOf } from '../../../widgets/preview/wording.ts'
import { ReasonField } from '../../../widgets/reason/reason-field.tsx'
import { SidePart } from '../../../widgets/side-part/side-part.tsx'
import { Time } from '../../../widgets/time/times.tsx'
import { useCalmly } from '../state/calm.ts'
import { useView } from '../state/view.ts'
import { PreviewParts } from './preview-parts.tsx'
import { useTitlesIn } from './use-title-of.ts'
import { passInWords } from './wish.ts'

/** How often it is read anew while the run moves, in milliseconds. */
const pace = 500

/** What rolling back leads to, and the press that does it: on the state that is told. */
export function RollbackDialog({ savepoint, onClose }: { readonly savepoint: Savepoint; readonly onClose: () => void }) {
  const api = useApi()
  const field = useRef<HTMLTextAreaElement>(null)
  const { id: run, workflow, version: newest } = useCalmly((known) => known.run.detail.record)
  const { branches } = useView()
  const { name } = savepoint
  const version = usePaced(newest, pace)
  const { data: told, error } = useQuery({
    queryKey: ['rollback', run, name, version],
    queryFn: ({ signal }) => api.runs.previewRollback({ run, savepoint: name }, { signal }),
    placeholderData: (before) => before,
    gcTime: 0,
  })
  const titleOf = useTitlesIn(told?.back)
  const [reason, setReason] = useState('')
  const [isBusy, setBusy] = useState(false)
  const rollBack = async (seen: RollbackPreview): Promise<void> => {
    setBusy(true)
    const { error: refused, data } = await safe(api.runs.rollback({ run, savepoint: name, seen: seen.version, reason: reason.trim() }))
    setBusy(false)
    if (data === undefined) return tell.failed('Nothing was rolled back', refused instanceof Error ? refused.message : undefined)
    onClose()
    tell.done(data.closing === null ? `Rolled back to ${name}` : `Being rolled back to ${name}: what was done since is undone first`)
  }
  const unavailable = error?.message ?? (told === undefined ? 'what it leads to is being read' : reason.trim() === '' ? 'say why: it is kept with the branch' : undefined)
  return (
    <Modal
      title={`Roll ${workflow} ${shortId(run)} back to ${name}`}
      open
      first={field}
      onClose={onClose}
      actions={
        <>
          <Button tone="quiet" onPress={onClose}>
            Not yet
          </Button>
          <Button tone="danger" busy={isBusy} asksHost unavailable={unavailable} onPress={() => told !== undefined && void rollBack(told)}>
            Roll back to {name}
          </Button>
        </>
      }
    >
      <div className="rollback-dialog">
        {error !== null && (
          <Callout tone="failure" title="It cannot be done now" urgent>
            {error.message}
          </Callout>
        )}
        {told === undefined ? error === null && <Skeleton lines={5} /> : <Undoing told={told} titleOf={titleOf} />}
        <ReasonField label="Why, kept with the branch" ref={field} reason={reason} onReason={setReason} />
        {told !== undefined && <PreviewParts preview={told.back} branches={branches} titleOf={titleOf} level={3} />}
      </div>
    </Modal>
  )
}

/** What happens before the run goes back. */
function Undoing({ told: { compensates, outside, children, waits, stands }, titleOf }: { readonly told: RollbackPreview; readonly titleOf: TitleOf }) {
  return (
    <>
      {waits.length > 0 && (
        <SidePart title="Waited for first" count={waits.length} tone="attention">
          <ul>
            {waits.map((each) => (
              <li key={`${each.step}#${each.iteration}`}>
                <span>{passInWords(each, titleOf)}</span>
                <span className="quiet">
                  {each.phase === 'run' ? 'left to end' : 'until it is known whether it happened'}, since <Time at={each.since} />
                </span>
              </li>
            ))}
          </ul>
        </SidePart>
      )}
      <SidePart title="Undone, in this order" count={compensates.length}>
        {compensates.length === 0 ? (
          <p className="quiet">{children.length === 0 ? 'Nothing that was done since can be undone, or has to be.' : 'Nothing by a step of its own.'}</p>
        ) : (
          <ol>
            {compensates.map((each) => (
              <li key={`${each.step}#${each.iteration}`}>
                {passInWords(each, titleOf)}
                {!each.certain && <span className="quiet"> if it completes</span>}
              </li>
            ))}
          </ol>
        )}
      </SidePart>
      {outside.length > 0 && (
        <Callout tone="attention" title="Undoing touches the outside world">
          <OutsideList outside={outside} titleOf={titleOf} />
        </Callout>
      )}
      <ChildrenPart of={children} titleOf={titleOf} title="Child runs on the way back" />
      {stands.length > 0 && (
        <Callout tone="attention" title="Nothing takes this back">
          {stands.map((step) => titleOf(step)).join(', ')}: what was done outside stays done, and is done again where it runs again.
        </Callout>
      )}
    </>
  )
}
