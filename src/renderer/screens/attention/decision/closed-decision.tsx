import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Json } from '../../../../model/json.ts'
import type { DecisionView, RunDetail } from '../../../../model/views.ts'
import { PagedText } from '../../../widgets/text/paged-text.tsx'
import { page } from '../../../widgets/text/pages.ts'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { spelled } from '../../../widgets/text/unseen.ts'
import { CopyButton } from '../../../widgets/identity/short-id.tsx'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { Age, Time } from '../../../widgets/time/times.tsx'
import { labelOf } from '../act/actions.ts'
import { BeforePart } from '../consequences/before-part.tsx'
import { useDraft } from '../drafts.ts'
import { EditDiff } from '../../../widgets/diff/edit-diff.tsx'
import { ItemPage } from '../item-page.tsx'
import { ShownValue } from '../shown/shown-value.tsx'
import { useReading } from '../shown/use-reading.ts'
import { useValue } from '../use-value.ts'
import { isOfDecision } from './doubted.ts'
import { DecisionLine } from './decision-line.tsx'
import { titleWith } from './title.ts'

interface ClosedDecisionProps {
  readonly view: DecisionView
  readonly detail: RunDetail
}

/** A decision that nobody has to make any more: who made it, what was said, and the exact state that was shown. */
export function ClosedDecision({ view, detail }: ClosedDecisionProps) {
  const { decision } = view
  const title = detail.manifest.steps.find(({ id }) => id === decision.step)?.title ?? decision.step
  const original = useValue(view.run, decision.edits?.of)
  const edited = useValue(view.run, decision.edit)
  const before = original === undefined || decision.edits === null ? undefined : valueAt(original, decision.edits.target.path)
  const reading = useReading(view.shown)
  return (
    <ItemPage
      title={titleWith(title, view)}
      line={<DecisionLine view={view} version={detail.record.workflowVersion} />}
      asideLabel="What was decided"
      aside={<BeforePart detail={detail} decision={decision} />}
      actions={
        <Link className="button" to="/runs/$run" params={{ run: view.run }}>
          Open the run
        </Link>
      }
    >
      <Callout tone="running" title={closing(view)} urgent>
        {decision.status === 'expired' && <p>{afterExpiry(view, detail)}</p>}
        {decision.closedAt !== null && (
          <p>
            <Time at={decision.closedAt} /> (<Age at={decision.closedAt} />)
          </p>
        )}
        {decision.note !== null && decision.note !== '' && (
          <p>
            “<ShownText text={decision.note} />”
          </p>
        )}
      </Callout>
      <LeftDraft view={view} />
      {decision.failure !== null && <FailureView failure={decision.failure} />}
      {edited !== undefined && <EditDiff before={before ?? null} after={edited} />}
      <ShownValue value={view.shown} reading={reading} />
    </ItemPage>
  )
}

function closing({ decision: { kind, status, action, actor } }: DecisionView): string {
  const by = actor?.kind === 'person' ? ` by ${spelled(actor.name)}` : ''
  if (action !== null) return `Decided${by}: ${labelOf(kind, action)}${status === 'edited' ? ', with an edit' : ''}`
  return status === 'expired' ? 'Nobody answered before the deadline' : `This was withdrawn${by}: the run does not ask any more`
}

/** What became of the step that asked; by a deadline nothing is ever approved. */
function afterExpiry({ decision }: DecisionView, { steps, manifest }: RunDetail): string {
  const title = manifest.steps.find(({ id }) => id === decision.step)?.title ?? decision.step
  const status = steps.find((step) => isOfDecision(step, decision))?.status
  const then = status === 'skipped' ? ` “${spelled(title)}” was left out.` : status === 'failed' ? ` “${spelled(title)}” failed.` : ''
  return `Nothing was approved.${then}`
}

/** What somebody had written here and can no longer send. */
function LeftDraft({ view: { decision } }: { readonly view: DecisionView }) {
  const { edit, note } = useDraft(decision.id)
  const [length, setLength] = useState(page)
  const written = [edit, note].filter(Boolean).join('\n\n')
  if (written === '') return null
  return (
    <Callout tone="attention" title="What you had written was not sent">
      <div className="left-draft">
        <PagedText text={written} length={length} onLength={setLength} />
      </div>
      <CopyButton text={written} label="Copy what you had written" />
    </Callout>
  )
}

function valueAt(value: Json, [key, ...rest]: readonly string[]): Json {
  if (key === undefined || value === null || typeof value !== 'object') return value
  const member = Object.entries(value).find(([name]) => name === key)?.[1]
  return valueAt(member ?? null, rest)
}
