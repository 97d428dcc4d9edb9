import { useCallback, useMemo, useState } from 'react'
import type { DecisionView, RunDetail } from '../../../../model/views.ts'
import { holdsHidden } from '../../../../model/sensitive/hidden.ts'
import { useNow } from '../../../state/now.ts'
import { spelled } from '../../../widgets/text/unseen.ts'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { AnswerBar, type Offer } from '../act/answer-bar.tsx'
import { type Answer, answersOf, labelOf } from '../act/actions.ts'
import { ConfirmAnswer } from '../act/confirm-answer.tsx'
import { carriesEdit, needsConfirming } from '../act/confirming.ts'
import { useDeciding } from '../act/use-deciding.ts'
import { SidePart } from '../../../widgets/side-part/side-part.tsx'
import { BeforePart } from '../consequences/before-part.tsx'
import { ConsequenceParts } from '../consequences/consequence-parts.tsx'
import { useConsequences } from '../consequences/use-consequences.ts'
import { afterDeadline, whyWaiting } from '../consequences/why-waiting.ts'
import { useDraft, useDrafts } from '../drafts.ts'
import { refusalsOf } from '../edit/refusals.ts'
import { useEditing } from '../edit/use-editing.ts'
import { ValueEditor } from '../edit/value-editor.tsx'
import { ItemPage } from '../item-page.tsx'
import { ShownValue } from '../shown/shown-value.tsx'
import { useReading } from '../shown/use-reading.ts'
import { counted } from '../words.ts'
import { ArmExplained } from './arm-explained.tsx'
import { AttemptsMade } from './attempts-made.tsx'
import { Deadline } from './deadline.tsx'
import { CheckpointField } from './checkpoint-field.tsx'
import { DecisionLine } from './decision-line.tsx'
import { titleWith } from './title.ts'
import { DoubtExplained } from './doubt-explained.tsx'
import { ObstacleCallout } from './obstacle-callout.tsx'
import { RecommendedAnswer } from './recommended-answer.tsx'

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
  const foreseen = useConsequences({ run, decision: decision.id }, { note, edit, checkpoint })
  const consequenceOf = (action: string) => foreseen.actions?.find((each) => each.action === action)

  const answers = useMemo(() => answersOf(decision), [decision])
  const [looked, setLooked] = useState<string>()
  const [asked, setAsked] = useState<string>()
  const { give, busy, obstacle } = useDeciding(view, onDone)

  const carries = ({ name, role }: Answer): boolean => editing?.goesWith(name, carriesEdit(role, consequenceOf(name))) === true
  const offers = answers.map((answer): Offer => {
    const carried = carries(answer) ? editing : undefined
    const changes = carried?.edited.state === 'good' && !carried.isOutput ? ` with ${counted(carried.edited.changes, 'edit')}` : ''
    return { ...answer, words: `${answer.label}${changes}`, fault: carried?.fault, unavailable: carried?.fault ?? (busy === undefined ? undefined : 'an answer is being given') }
  })
  const answer = (action: string, said = note): void => {
    const offer = answers.find(({ name }) => name === action)
    if (offer === undefined || busy !== undefined) return
    setAsked(undefined)
    give({ action, note: said, edit: carries(offer) ? edit : undefined, checkpoint: action === 'restore' ? checkpoint : null })
  }
  const writeNote = (text: string): void => useDrafts.getState().write(decision.id, { note: text })
  const choose = (action: string): void => {
    setLooked(action)
    if (needsConfirming(decision.kind, consequenceOf(action))) setAsked(action)
    else answer(action)
  }

  const isAboutFailure = decision.kind === 'recovery' || decision.kind === 'dead_letter'
  const offered = offers.find(({ name }) => name === asked)
  const lookedAt = offers.find(({ name }) => name === (asked ?? looked)) ?? offers[0]
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
          onLook={setLooked}
          {...(editing !== undefined && { editor: editorPlace })}
        />
      }
    >
      {obstacle !== undefined && <ObstacleCallout obstacle={obstacle} />}
      {decision.deadline !== null && <Deadline at={decision.deadline} then={afterDeadline(decision, step)} />}
      {decision.kind === 'in_doubt' && <DoubtExplained view={view} detail={detail} foreseen={foreseen.actions} />}
      {decision.kind === 'arm' && <ArmExplained view={view} foreseen={foreseen.actions} titleOf={titleOf} />}
      {(isAboutFailure || decision.kind === 'loop') && decision.failure !== null && <FailureView failure={decision.failure} />}
      {isAboutFailure && <RecommendedAnswer decision={decision} />}
      {isAboutFailure && <AttemptsMade decision={decision} detail={detail} />}
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
      {decision.kind === 'in_doubt' && decision.failure !== null && (
        <details>
          <summary>How it was cut off</summary>
          <FailureView failure={decision.failure} />
        </details>
      )}
      {offered !== undefined && (
        <ConfirmAnswer
          key={offered.name}
          offer={offered}
          kind={decision.kind}
          consequence={consequenceOf(offered.name)}
          note={note}
          unread={reading.unread}
          onNote={writeNote}
          leavesEdit={edit !== undefined && editing?.isOutput === false && !carries(offered)}
          titleOf={titleOf}
          onClose={() => setAsked(undefined)}
          onConfirm={(reason) => answer(offered.name, reason)}
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
