import { useCallback, useState } from 'react'
import type { DecisionView, RunDetail } from '../../../../model/views.ts'
import { holdsHidden } from '../../../../model/sensitive/hidden.ts'
import { useNow } from '../../../state/now.ts'
import { spelled } from '../../../widgets/text/unseen.ts'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { AnswerBar } from '../act/answer-bar.tsx'
import { labelOf } from '../act/actions.ts'
import { ConfirmAnswer } from '../act/confirm-answer.tsx'
import { useAnswering } from '../act/use-answering.ts'
import { SidePart } from '../../../widgets/side-part/side-part.tsx'
import { BeforePart } from '../consequences/before-part.tsx'
import { ConsequenceParts } from '../consequences/consequence-parts.tsx'
import { consequenceOf, useConsequences } from '../consequences/use-consequences.ts'
import { afterDeadline, whyWaiting } from '../consequences/why-waiting.ts'
import { useDraft, useDrafts } from '../drafts.ts'
import { refusalsOf } from '../edit/refusals.ts'
import { useEditing } from '../edit/use-editing.ts'
import { ValueEditor } from '../edit/value-editor.tsx'
import { ItemPage } from '../item-page.tsx'
import { ShownValue } from '../shown/shown-value.tsx'
import { useReading } from '../shown/use-reading.ts'
import { Deadline } from './deadline.tsx'
import { CheckpointField } from './checkpoint-field.tsx'
import { DecisionExplained } from './decision-explained.tsx'
import { DecisionLine } from './decision-line.tsx'
import { titleWith } from './title.ts'
import { ObstacleCallout } from './obstacle-callout.tsx'

interface OpenDecisionProps {
  readonly view: DecisionView
  readonly detail: RunDetail
  readonly onDone: () => void
}

const editorPlace = 'decision-edit'

/** A decision that waits: what is shown, what may be edited, each answer, and beside it what that leads to. */
export function OpenDecision({ view, detail, onDone }: OpenDecisionProps) {
  const { decision, run } = view
  const { manifest } = detail
  const step = manifest.steps.find(({ id }) => id === decision.step)
  const titleOf = useCallback((id: string) => spelled(manifest.steps.find((each) => each.id === id)?.title ?? id), [manifest])

  const { note } = useDraft(decision.id)
  const editing = useEditing(view, detail)
  const reading = useReading(view.shown, editing?.before, editing?.written === null ? editing : undefined)
  const edit = editing?.edited.state === 'good' ? editing.edited.value : undefined
  const [checkpoint, setCheckpoint] = useState(decision.checkpoint)
  const along = { note, edit, checkpoint }
  const foreseen = useConsequences({ run, decision: decision.id }, along)
  const { offers, busy, obstacle, lookedAt, asked, look, choose, answer, letGo } = useAnswering(view, along, editing, foreseen, onDone)
  const writeNote = (text: string): void => useDrafts.getState().write(decision.id, { note: text })

  return (
    <ItemPage
      title={titleWith(step?.title ?? decision.step, view)}
      line={<DecisionLine view={view} version={detail.record.workflowVersion} />}
      asideLabel="What your answer leads to"
      aside={
        <>
          {lookedAt !== undefined && (
            <ConsequenceParts label={lookedAt.label} action={lookedAt.name} foreseen={foreseen} titleOf={titleOf} fault={lookedAt.fault} />
          )}
          <Why decision={decision} step={step} />
          <BeforePart detail={detail} decision={decision} />
        </>
      }
      actions={
        <AnswerBar
          offers={offers}
          busy={busy}
          unread={reading.unread}
          note={note}
          onNote={writeNote}
          onAnswer={choose}
          onLook={look}
          {...(editing !== undefined && { editor: editorPlace })}
        />
      }
    >
      {obstacle !== undefined && <ObstacleCallout obstacle={obstacle} />}
      {decision.deadline !== null && <Deadline at={decision.deadline} then={afterDeadline(decision, step)} />}
      <DecisionExplained view={view} detail={detail} foreseen={foreseen} titleOf={titleOf} />
      {decision.checkpoint !== null && <CheckpointField run={run} checkpoint={checkpoint} head={detail.record.head} onCheckpoint={setCheckpoint} />}
      <ShownValue value={view.shown} reading={reading}>
        {editing?.isOutput === true && <h3 className="vouched">Only for “{labelOf(decision.kind, 'happened')}”</h3>}
        {editing !== undefined && (
          <ValueEditor
            id={editorPlace}
            editing={editing}
            length={reading.lengthOf(editing.name)}
            onLength={(length) => reading.show(editing.name, length)}
            refusals={edit === undefined ? [] : refusalsOf(foreseen.actions)}
            onWrite={(text) => useDrafts.getState().write(decision.id, { edit: text, isSecret: holdsHidden(editing.before) })}
          />
        )}
      </ShownValue>
      {decision.kind === 'in_doubt' && <CutOff failure={decision.failure} />}
      {asked !== undefined && (
        <ConfirmAnswer
          key={asked.name}
          offer={asked}
          kind={decision.kind}
          consequence={consequenceOf(foreseen, asked.name)}
          note={note}
          unread={reading.unread}
          onNote={writeNote}
          leavesEdit={edit !== undefined && editing?.isOutput === false && !asked.carriesEdit}
          titleOf={titleOf}
          onClose={letGo}
          onConfirm={(reason) => answer(asked.name, reason)}
        />
      )}
    </ItemPage>
  )
}

function Why({ decision, step }: { readonly decision: DecisionView['decision']; readonly step: RunDetail['manifest']['steps'][number] | undefined }) {
  const now = useNow()
  return (
    <SidePart title="Why is it waiting?">
      <p>{whyWaiting(decision, step, now)}</p>
    </SidePart>
  )
}

/** It stands beneath what the answer goes by: how it was cut off says nothing of whether it happened. */
function CutOff({ failure }: Pick<DecisionView['decision'], 'failure'>) {
  if (failure === null) return null
  return (
    <details>
      <summary>How it was cut off</summary>
      <FailureView failure={failure} />
    </details>
  )
}
