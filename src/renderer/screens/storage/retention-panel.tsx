import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { CalendarX, Eraser } from 'lucide-react'
import { useState } from 'react'
import { bytes } from '../../../model/bytes.ts'
import { goingInWords, type RetentionPlan } from '../../../model/retention.ts'
import { useApi } from '../../state/client.ts'
import { Button } from '../../widgets/button/button.tsx'
import { Modal } from '../../widgets/dialog/modal.tsx'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import { ProgressBar } from '../../widgets/progress/progress-bar.tsx'
import { amountWords, progressWords, ruleWords, whyWords } from './retention-words.ts'
import { counted } from '../../../model/counted.ts'
import { removePast, useRemoving } from './removing.ts'
import './storage-part.css'
import './retention-panel.css'

/** While runs end all the time, what would go is asked no more often than this: it reads every run. */
const pace = 15_000

/** What the settings would remove of the past now, and what removes it. */
export function RetentionPanel() {
  const api = useApi()
  const [isAsking, ask] = useState(false)
  const progress = useRemoving(({ progress }) => progress)
  const { data: plan } = useQuery({
    queryKey: ['retention'],
    queryFn: () => api.retention.plan(),
    meta: { follows: ['statuses', 'host'], pace },
    placeholderData: keepPreviousData,
  })
  const isEmpty = plan === undefined || plan.parts.length === 0
  const what = plan === undefined ? '' : goingInWords(plan.total.runs, plan.trimmed)
  const isBoth = plan !== undefined && plan.total.runs > 0 && plan.trimmed.runs > 0
  const unavailable = progress !== null ? 'the past is being removed' : isEmpty ? 'nothing is to go' : undefined
  const remove = (): void => {
    ask(false)
    void removePast(api)
  }

  return (
    <Panel
      title="What is to go"
      aside={
        plan?.isBounded === true && (
          <Button icon={Eraser} asksHost unavailable={unavailable} onPress={() => ask(true)}>
            Remove now
          </Button>
        )
      }
    >
      <div className="storage-part retention-panel" aria-busy={plan === undefined}>
        {progress !== null && (
          <ProgressBar label="Removing the past" done={progress.of.bytes === 0 ? undefined : progress.bytes / progress.of.bytes}>
            {progressWords(progress)}
          </ProgressBar>
        )}
        {plan !== undefined && <Plan plan={plan} />}
      </div>
      {plan !== undefined && (
        <Modal
          title={`Remove ${what}?`}
          open={isAsking}
          onClose={() => ask(false)}
          actions={
            <>
              <Button onPress={() => ask(false)}>Keep them</Button>
              <Button tone="danger" asksHost onPress={remove}>
                Remove {isBoth ? 'both' : what}
              </Button>
            </>
          }
        >
          <p>
            {counted(plan.total.checkpoints, 'checkpoint')} and {counted(plan.total.values, 'value')} go in all, {bytes(plan.total.bytes)}. They
            cannot be opened, restored or replayed any more, and nothing brings them back but a backup. What is left says that each was
            there, and when and why it was removed.
          </p>
        </Modal>
      )}
    </Panel>
  )
}

function Plan({ plan }: { readonly plan: RetentionPlan }) {
  const { total, parts, stays, staying } = plan
  if (!plan.isBounded) {
    return (
      <Empty icon={CalendarX} title="Nothing is ever removed">
        Bounds in <code>cairn.config.yaml</code> change that: <code>retention:</code> with <code>max_age</code>, <code>max_runs</code> or{' '}
        <code>max_size</code> for runs that ended, <code>max_branches</code> and <code>max_checkpoints</code> for what runs keep of their past;
        for all workflows or for one.
      </Empty>
    )
  }
  return (
    <>
      <p>
        {parts.length === 0 ? (
          'Every run is within the bounds of the settings: nothing is to go.'
        ) : (
          <>
            Beyond the bounds of the settings: <strong>{goingInWords(total.runs, plan.trimmed)}</strong>,{' '}
            <strong>{bytes(total.bytes)}</strong>. The host removes them by itself, a few at a time.
          </>
        )}
      </p>
      {parts.length > 0 && (
        <ul>
          {parts.map(({ workflow, rule, amount }) => (
            <li key={`${workflow} ${rule}`}>
              <span className="clipped">{workflow}</span>
              <span className="quiet">{ruleWords[rule]}</span>
              <span>{amountWords(amount)}</span>
              <span>{bytes(amount.bytes)}</span>
            </li>
          ))}
        </ul>
      )}
      {!plan.givesBack && (parts.length > 0 || plan.free > 0) && (
        <p className="quiet">The store keeps its size until the host starts next, which gives back to the disk what is unused.</p>
      )}
      {stays > 0 && (
        <p className="quiet">
          {counted(stays, 'run')} {stays === 1 ? 'stays' : 'stay'} all the same: {whyWords(staying)}.
        </p>
      )}
    </>
  )
}
