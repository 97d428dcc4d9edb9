import type { Branch } from '../../../../model/branch.ts'
import { reachesOut } from '../../../../model/child-ahead.ts'
import type { Preview } from '../../../../model/preview.ts'
import { ChildrenPart } from '../../../widgets/preview/children-part.tsx'
import { KeptPart } from '../../../widgets/preview/kept-part.tsx'
import { NextParts } from '../../../widgets/preview/next-parts.tsx'
import { OutsideList } from '../../../widgets/preview/outside-list.tsx'
import type { TitleOf } from '../../../widgets/preview/wording.ts'
import { SidePart } from '../../../widgets/side-part/side-part.tsx'
import { runLook } from '../../../widgets/status/look.ts'
import { phaseWords } from '../../../widgets/status/phase.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'
import { Time } from '../../../widgets/time/times.tsx'
import { branchInWords } from '../state/on-branch.ts'
import { MigrationPart } from './migration-part.tsx'
import { passInWords } from './wish.ts'

interface PreviewPartsProps {
  readonly preview: Preview
  readonly branches: readonly Branch[]
  readonly titleOf: TitleOf
  /** Of its headings. */
  readonly level?: 3 | 4
}

/** What going back leads to, part by part; what asks for care first. */
export function PreviewParts({ preview, branches, titleOf, level = 4 }: PreviewPartsProps) {
  const { reused, runs, outside, children, undone, stops, inDoubt, withdraws, becomes, migration, revision } = preview
  const nameOf = (number: number): string => branchInWords(branches.find((each) => each.number === number) ?? { number })
  const isWithdrawn = withdraws.decisions.length + withdraws.timers.length > 0
  return (
    <div className="preview-parts">
      {outside.length > 0 ? (
        <SidePart level={level} title="Touches the outside world" count={outside.length} tone="attention">
          <OutsideList outside={outside} titleOf={titleOf} />
        </SidePart>
      ) : (
        <SidePart level={level} title="Touches the outside world" count={0}>
          <p className="quiet">{children.some(reachesOut) ? 'Nothing by a step of its own, but by its child runs.' : 'Nothing outside is touched: it can be taken back.'}</p>
        </SidePart>
      )}
      <ChildrenPart of={children} titleOf={titleOf} level={level} />
      {inDoubt.length > 0 && (
        <SidePart level={level} title="In doubt, and not asked any more" count={inDoubt.length} tone="attention">
          <DoubtList inDoubt={inDoubt} titleOf={titleOf} />
        </SidePart>
      )}
      {migration !== null && <MigrationPart migration={migration} to={revision.version} titleOf={titleOf} level={level} />}
      <NextParts
        runs={runs}
        titleOf={titleOf}
        level={level}
        title="Runs again"
        none="Nothing: all of it was done by then."
        because={({ step }) => (undone.includes(step) ? 'it was undone since' : undefined)}
      />
      <KeptPart title="Reused, not run again" steps={reused} titleOf={titleOf} level={level} none="Nothing had been done by then." />
      {stops.length > 0 && (
        <SidePart level={level} title="Stopped" count={stops.length} tone="attention">
          <ul>
            {stops.map((stop) => (
              <li key={`${stop.step}#${stop.iteration}#${stop.attempt}`}>
                <span>
                  {phaseWords[stop.phase]}
                  {passInWords(stop, titleOf)}
                </span>
                <span className="quiet">
                  attempt {stop.attempt}, since <Time at={stop.since} />
                </span>
              </li>
            ))}
          </ul>
        </SidePart>
      )}
      {isWithdrawn && (
        <SidePart level={level} title="Withdrawn" count={withdraws.decisions.length + withdraws.timers.length}>
          <ul>
            {withdraws.decisions.map((each) => (
              <li key={each.id}>
                <span>{passInWords(each, titleOf)}</span>
                <span className="quiet">its open decision</span>
              </li>
            ))}
            {withdraws.timers.map((each) => (
              <li key={`${each.step}#${each.iteration}`}>
                <span>{passInWords(each, titleOf)}</span>
                <span className="quiet">
                  its timer, until <Time at={each.until} />
                </span>
              </li>
            ))}
          </ul>
        </SidePart>
      )}
      <SidePart level={level} title="Then">
        <p>
          The run goes on as {nameOf(preview.branch)}, from checkpoint {preview.checkpoint} of {nameOf(preview.parent)}:{' '}
          <StatusBadge look={runLook[becomes]} />. {capital(nameOf(preview.leaves))} stays as it is, and can be gone back to.
        </p>
      </SidePart>
    </div>
  )
}

export function DoubtList({ inDoubt, titleOf }: { readonly inDoubt: Preview['inDoubt']; readonly titleOf: TitleOf }) {
  return (
    <ul className="outside-list">
      {inDoubt.map((each) => (
        <li key={`${each.step}#${each.iteration}`}>
          <span>{passInWords(each, titleOf)}</span>
          <span className="quiet">
            begun at <Time at={each.since} />, unanswered: look at the receiving side
          </span>
        </li>
      ))}
    </ul>
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
