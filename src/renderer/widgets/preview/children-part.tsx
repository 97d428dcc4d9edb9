import { Link } from '@tanstack/react-router'
import { type ChildAhead, wantsAttention } from '../../../model/child-ahead.ts'
import { ShortId } from '../identity/short-id.tsx'
import { SidePart } from '../side-part/side-part.tsx'
import { Time } from '../time/times.tsx'
import { becomesInWords, ownTitle, stepsInWords, touchesOf } from './child-words.ts'
import { OutsideList } from './outside-list.tsx'
import type { TitleOf } from './wording.ts'
import './children-part.css'

interface ChildrenPartProps {
  readonly of: readonly ChildAhead[]
  /** Of the steps of the run that is acted on. */
  readonly titleOf: TitleOf
  readonly level?: 3 | 4
  readonly title?: string
}

/** What becomes of child runs, and of the children of those, each with what it touches. Nothing where there are none. */
export function ChildrenPart({ of: children, titleOf, level = 3, title = 'Child runs' }: ChildrenPartProps) {
  if (children.length === 0) return null
  return (
    <SidePart title={title} count={children.length} level={level} tone={children.some(wantsAttention) ? 'attention' : undefined}>
      <ul className="outside-list children-list">
        {children.map((child) => (
          <li key={`${child.path.join('/')} ${child.becomes} ${child.run ?? ''}`} data-depth={Math.min(child.path.length, 4)}>
            <ChildLine child={child} titleOf={titleOf} />
          </li>
        ))}
      </ul>
    </SidePart>
  )
}

function ChildLine({ child, titleOf }: { readonly child: ChildAhead; readonly titleOf: TitleOf }) {
  const { workflow, run, why, compensates, inDoubt, unknown } = child
  const { first, rest } = pathOf(child, titleOf)
  const touches = touchesOf(child)
  const steps = stepsInWords(child)
  return (
    <>
      <span className="child-title">
        <span>
          {rest.length > 0 && <span className="quiet">{rest.join(' › ')} › </span>}
          {first}
        </span>
        <span className="quiet">{becomesInWords(child)}</span>
      </span>
      <span className="quiet">
        {run === null ? (
          `a run of ${workflow}`
        ) : (
          <Link to="/runs/$run" params={{ run }} className="link">
            {workflow} <ShortId id={run} />
          </Link>
        )}
        {why !== null && `, ${why}`}
      </span>
      {unknown !== null && <span className="child-unknown">What it does cannot be told: {unknown}.</span>}
      {steps !== null && <span className="quiet">{steps}</span>}
      {compensates.length > 0 && (
        <span>
          undoes {compensates.map(({ step, certain }) => `${step}${certain ? '' : ', if it completes'}`).join(', then ')}
        </span>
      )}
      {inDoubt.map(({ step, iteration, since }) => (
        <span key={`${step}#${iteration}`} className="child-unknown">
          {step} is in doubt, begun at <Time at={since} />: it is settled by a person before the run ends
        </span>
      ))}
      {touches.length > 0 && <OutsideList outside={touches} titleOf={ownTitle} />}
    </>
  )
}

/** The step that has the child, and those above it. */
function pathOf({ path }: ChildAhead, titleOf: TitleOf): { readonly first: string; readonly rest: readonly string[] } {
  const names = path.map((step, at) => (at === 0 ? titleOf(step) : step))
  return { first: names.at(-1) ?? '', rest: names.slice(0, -1) }
}
