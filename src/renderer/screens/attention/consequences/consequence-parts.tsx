import { reachesOut } from '../../../../model/child-ahead.ts'
import type { Consequence } from '../../../../model/consequence.ts'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { WayOut } from '../../../widgets/failure/way-out.tsx'
import { ChildrenPart } from '../../../widgets/preview/children-part.tsx'
import { KeptPart } from '../../../widgets/preview/kept-part.tsx'
import { NextParts } from '../../../widgets/preview/next-parts.tsx'
import { OutsideList } from '../../../widgets/preview/outside-list.tsx'
import type { TitleOf } from '../../../widgets/preview/wording.ts'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { spelled } from '../../../widgets/text/unseen.ts'
import { SidePart } from '../../../widgets/side-part/side-part.tsx'
import { consequenceOf, type Foreseen } from './use-consequences.ts'
import { wayInWords } from './wording.ts'
import './consequence-parts.css'

interface ConsequencePartsProps {
  /** The answer that is looked at, in words. */
  readonly label: string
  readonly action: string
  readonly foreseen: Foreseen
  readonly titleOf: TitleOf
  /** Why it cannot be given yet, where that is said at a field. */
  readonly fault: string | undefined
}

/** What an answer leads to: what is kept, what runs, what may, and what leaves the house. */
export function ConsequenceParts({ label, action, foreseen, titleOf, fault }: ConsequencePartsProps) {
  const found = consequenceOf(foreseen, action)
  return (
    <div className="consequence-parts" aria-busy={foreseen.isOld}>
      <h3 className="of" aria-live="polite">
        What “{label}” does
      </h3>
      {found !== undefined ? (
        <Parts consequence={found} titleOf={titleOf} fault={fault} />
      ) : foreseen.failure !== undefined ? (
        <SidePart title="It cannot be told">
          <p>
            <ShownText text={foreseen.failure} />
          </p>
        </SidePart>
      ) : (
        <Skeleton lines={6} height="30px" />
      )}
    </div>
  )
}

interface PartsProps extends Pick<ConsequencePartsProps, 'titleOf' | 'fault'> {
  readonly consequence: Consequence
}

function Parts({ consequence, titleOf, fault }: PartsProps) {
  const { kept, runs, outside, children, compensates, refused, outcome } = consequence
  const way = wayInWords(consequence, titleOf)
  return (
    <>
      {fault !== undefined && (
        <SidePart title="Not yet" tone="attention">
          <p>
            It cannot be given yet: <ShownText text={fault} />.
          </p>
        </SidePart>
      )}
      {(way !== null || (fault === undefined && refused.length > 0)) && (
        <SidePart title="Where it goes" tone={outcome === 'refused' ? 'failure' : outcome === 'goes_on' ? undefined : 'attention'}>
          {way !== null && <p>{way}</p>}
          {(fault === undefined ? refused : []).map((failure) => (
            <Callout key={`${failure.path} ${failure.message}`} tone="failure" title={spelled(failure.message)}>
              <WayOut of={failure} />
            </Callout>
          ))}
        </SidePart>
      )}
      {kept.length > 0 && <KeptPart title="Kept as it is, not run again" steps={kept} titleOf={titleOf} none="" />}
      <NextParts runs={runs} titleOf={titleOf} />
      {outside.length > 0 && (
        <SidePart title="Touches the outside world" count={outside.length} tone="attention">
          <OutsideList outside={outside} titleOf={titleOf} />
        </SidePart>
      )}
      <ChildrenPart of={children} titleOf={titleOf} />
      {compensates.length > 0 && (
        <SidePart title="Undoes" count={compensates.length} tone="attention">
          <p>{compensates.map(titleOf).join(', ')}</p>
        </SidePart>
      )}
      {outside.length === 0 && !children.some(reachesOut) && outcome !== 'refused' && (
        <SidePart title="Touches the outside world" count={0}>
          <p className="quiet">Nothing leaves this machine by it.</p>
        </SidePart>
      )}
    </>
  )
}
