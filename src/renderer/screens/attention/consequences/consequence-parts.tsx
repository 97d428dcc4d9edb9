import type { Consequence } from '../../../../model/consequence.ts'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { spelled } from '../../../widgets/text/unseen.ts'
import { lengthOfTime } from '../../../widgets/time/format.ts'
import { AsidePart } from '../aside-part.tsx'
import type { Foreseen } from './use-consequences.ts'
import { outsideInWords, shortKey, type TitleOf, wayInWords } from './wording.ts'
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
  const found = foreseen.actions?.find((each) => each.action === action)
  return (
    <div className="consequence-parts" aria-busy={foreseen.isOld}>
      <h3 className="of" aria-live="polite">
        What “{label}” does
      </h3>
      {found !== undefined ? (
        <Parts consequence={found} titleOf={titleOf} fault={fault} />
      ) : foreseen.failure !== undefined ? (
        <AsidePart title="It cannot be told">
          <p>
            <ShownText text={foreseen.failure} />
          </p>
        </AsidePart>
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
  const { kept, runs, outside, compensates, refused, outcome } = consequence
  const way = wayInWords(consequence, titleOf)
  const certain = runs.filter((each) => each.certain)
  const possible = runs.filter((each) => !each.certain)
  return (
    <>
      {fault !== undefined && (
        <AsidePart title="Not yet" tone="attention">
          <p>
            It cannot be given yet: <ShownText text={fault} />.
          </p>
        </AsidePart>
      )}
      {(way !== null || (fault === undefined && refused.length > 0)) && (
        <AsidePart title="Where it goes" tone={outcome === 'refused' ? 'failure' : outcome === 'goes_on' ? undefined : 'attention'}>
          {way !== null && <p>{way}</p>}
          {(fault === undefined ? refused : []).map(({ message, path, wayOut }) => (
            <Callout key={message} tone="failure" title={spelled(message)}>
              {path !== undefined && (
                <p>
                  at{' '}
                  <code>
                    <ShownText text={path} />
                  </code>
                </p>
              )}
              {wayOut !== undefined && (
                <p>
                  <ShownText text={wayOut} />
                </p>
              )}
            </Callout>
          ))}
        </AsidePart>
      )}
      {kept.length > 0 && (
        <AsidePart title="Kept as it is, not run again" count={kept.length}>
          <p className="quiet">{kept.map(titleOf).join(', ')}</p>
        </AsidePart>
      )}
      {certain.length > 0 && (
        <AsidePart title="Runs" count={certain.length}>
          <ul>
            {certain.map(({ step, typical, why }) => (
              <li key={step}>
                <span>{titleOf(step)}</span>
                <span className="quiet">{why ?? (typical === null ? '' : `about ${lengthOfTime(typical)}`)}</span>
              </li>
            ))}
          </ul>
        </AsidePart>
      )}
      {possible.length > 0 && (
        <AsidePart title="May run" count={possible.length}>
          <ul>
            {possible.map(({ step, why }) => (
              <li key={step}>
                <span>{titleOf(step)}</span>
                <span className="quiet">{why}</span>
              </li>
            ))}
          </ul>
        </AsidePart>
      )}
      {outside.length > 0 && (
        <AsidePart title="Touches the outside world" count={outside.length} tone="attention">
          <ul className="outside">
            {outside.toSorted((a, b) => Number(b.certain) - Number(a.certain)).map((each) => (
              <li key={each.key}>
                <span>{outsideInWords(each, titleOf)}</span>
                <span className="quiet">
                  {each.certain ? 'once' : 'perhaps, once'}, key <code title={each.key}>{shortKey(each.key)}</code>
                  {each.repeat === 'unsafe' && '; never repeated by guess'}
                </span>
              </li>
            ))}
          </ul>
        </AsidePart>
      )}
      {compensates.length > 0 && (
        <AsidePart title="Undoes" count={compensates.length} tone="attention">
          <p>{compensates.map(titleOf).join(', ')}</p>
        </AsidePart>
      )}
      {outside.length === 0 && outcome !== 'refused' && (
        <AsidePart title="Touches the outside world" count={0}>
          <p className="quiet">Nothing leaves this machine by it.</p>
        </AsidePart>
      )}
    </>
  )
}
