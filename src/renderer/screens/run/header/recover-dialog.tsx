import { useState } from 'react'
import { strategyTitles } from '../../../widgets/recoveries/words.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { Modal } from '../../../widgets/dialog/modal.tsx'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { shortId } from '../../../widgets/identity/short-id.tsx'
import { ReasonField } from '../../../widgets/reason/reason-field.tsx'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { spelled } from '../../../widgets/text/unseen.ts'
import { sentence } from '../../attention/words.ts'
import { PreviewParts } from '../restore/preview-parts.tsx'
import { useTitlesIn } from '../restore/use-title-of.ts'
import { useCalmly } from '../state/calm.ts'
import { useRecovering } from './use-recovering.ts'
import './recover-dialog.css'

/** What policy recommends about a failed run, why, and all that it leads to: the button stands beneath. */
export function RecoverDialog({ onClose }: { readonly onClose: () => void }) {
  const { workflow, id } = useCalmly(({ run }) => run.detail.record)
  const branches = useCalmly((known) => known.branches)
  const { found, problem, refused, isBusy, recover } = useRecovering(onClose)
  const [reason, setReason] = useState('')
  const titleOf = useTitlesIn(found?.preview)
  const verb = found === undefined ? 'Recover the run' : strategyTitles[found.strategy]
  const unavailable = problem ?? (found === undefined ? 'what it leads to is being read' : undefined)
  return (
    <Modal
      title={`Recover ${workflow} ${shortId(id)}`}
      open
      onClose={onClose}
      actions={
        <>
          <Button tone="quiet" onPress={onClose}>
            Not yet
          </Button>
          <Button tone="primary" busy={isBusy} asksHost unavailable={unavailable} onPress={() => recover(reason)}>
            {verb}
          </Button>
        </>
      }
    >
      <div className="recover-dialog">
        {problem !== undefined && (
          <Callout tone="failure" title="Policy knows nothing that recovers it" urgent>
            {(refused.length === 0 ? [{ message: problem, wayOut: undefined }] : refused).map(({ message, wayOut }) => (
              <p key={message}>
                <ShownText text={message} />
                {wayOut !== undefined && (
                  <span className="quiet">
                    {': '}
                    <ShownText text={wayOut} />
                  </span>
                )}
              </p>
            ))}
          </Callout>
        )}
        {problem === undefined && found === undefined && <Skeleton lines={6} height="28px" />}
        {found !== undefined && (
          <>
            <Callout tone="running" title={`Recommended: ${verb.toLowerCase()}`}>
              <p>
                <ShownText text={sentence(found.why)} />
              </p>
              {found.passedOver.map((each) => (
                <p key={each.strategy} className="quiet">
                  Not “{strategyTitles[each.strategy].toLowerCase()}”: {spelled(each.why)}.
                </p>
              ))}
            </Callout>
            <h3>What that leads to</h3>
            <PreviewParts preview={found.preview} branches={branches} titleOf={titleOf} />
            <ReasonField label="Why, kept with the branch" reason={reason} onReason={setReason} />
          </>
        )}
      </div>
    </Modal>
  )
}
