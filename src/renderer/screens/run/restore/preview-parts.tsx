import type { ReactNode } from 'react'
import type { Branch } from '../../../../model/branch.ts'
import type { OutsideAgain, Preview } from '../../../../model/preview.ts'
import { runLook } from '../../../widgets/status/look.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'
import { lengthOfTime } from '../../../widgets/time/format.ts'
import { Time } from '../../../widgets/time/times.tsx'
import { branchInWords } from '../state/on-branch.ts'
import { passInWords, shortKey, type TitleOf, touchInWords } from './wish.ts'
import './preview-parts.css'

interface PreviewPartsProps {
  readonly preview: Preview
  readonly branches: readonly Branch[]
  readonly titleOf: TitleOf
}

/** What going back leads to, part by part; what asks for care first. */
export function PreviewParts({ preview, branches, titleOf }: PreviewPartsProps) {
  const { reused, runs, outside, undone, stops, inDoubt, withdraws, becomes } = preview
  const nameOf = (number: number): string => branchInWords(branches.find((each) => each.number === number) ?? { number })
  const certain = runs.filter((each) => each.certain)
  const possible = runs.filter((each) => !each.certain)
  const isWithdrawn = withdraws.decisions.length + withdraws.timers.length > 0
  return (
    <div className="preview-parts">
      {outside.length > 0 ? (
        <Group title="Touches the outside world" count={outside.length} tone="attention">
          <OutsideList outside={outside} titleOf={titleOf} />
        </Group>
      ) : (
        <Group title="Touches the outside world" count={0}>
          <p className="quiet">Nothing outside is touched: it can be taken back.</p>
        </Group>
      )}
      {inDoubt.length > 0 && (
        <Group title="In doubt, and not asked any more" count={inDoubt.length} tone="attention">
          <DoubtList inDoubt={inDoubt} titleOf={titleOf} />
        </Group>
      )}
      <Group title="Runs again" count={certain.length}>
        {certain.length === 0 && <p className="quiet">Nothing: all of it was done by then.</p>}
        <ul>
          {certain.map(({ step, typical, why }) => (
            <li key={step}>
              <span>{titleOf(step)}</span>
              <span className="quiet">
                {undone.includes(step)
                  ? 'it was undone since'
                  : (why ?? (typical === null ? '' : `about ${lengthOfTime(typical)}`))}
              </span>
            </li>
          ))}
        </ul>
      </Group>
      {possible.length > 0 && (
        <Group title="May run" count={possible.length}>
          <ul>
            {possible.map(({ step, why }) => (
              <li key={step}>
                <span>{titleOf(step)}</span>
                <span className="quiet">{why}</span>
              </li>
            ))}
          </ul>
        </Group>
      )}
      <Group title="Reused, not run again" count={reused.length}>
        <p className="quiet">{reused.length === 0 ? 'Nothing had been done by then.' : reused.map(titleOf).join(', ')}</p>
      </Group>
      {stops.length > 0 && (
        <Group title="Stopped" count={stops.length} tone="attention">
          <ul>
            {stops.map((stop) => (
              <li key={`${stop.step}#${stop.iteration}#${stop.attempt}`}>
                <span>
                  {stop.phase === 'compensate' && 'Undoing '}
                  {passInWords(stop, titleOf)}
                </span>
                <span className="quiet">
                  attempt {stop.attempt}, since <Time at={stop.since} />
                </span>
              </li>
            ))}
          </ul>
        </Group>
      )}
      {isWithdrawn && (
        <Group title="Withdrawn" count={withdraws.decisions.length + withdraws.timers.length}>
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
        </Group>
      )}
      <Group title="Then">
        <p>
          The run goes on as {nameOf(preview.branch)}, from checkpoint {preview.checkpoint} of {nameOf(preview.parent)}:{' '}
          <StatusBadge look={runLook[becomes]} />. {capital(nameOf(preview.leaves))} stays as it is, and can be gone back to.
        </p>
      </Group>
    </div>
  )
}

interface GroupProps {
  readonly title: string
  readonly count?: number
  readonly tone?: 'attention'
  readonly children: ReactNode
}

function Group({ title, count, tone, children }: GroupProps) {
  return (
    <section className="group">
      <h4 data-tone={tone}>
        {title}
        {count !== undefined && <span className="count">{count}</span>}
      </h4>
      {children}
    </section>
  )
}

export function OutsideList({ outside, titleOf }: { readonly outside: readonly OutsideAgain[]; readonly titleOf: TitleOf }) {
  return (
    <ul className="outside-list">
      {outside.map((each) => (
        <li key={each.key}>
          <span>{touchInWords(each, titleOf)}</span>
          {each.before !== null && (
            <span>
              It already happened, at <Time at={each.before} />: it would happen twice.
            </span>
          )}
          <span className="quiet">
            key <code title={each.key}>{shortKey(each.key)}</code>
            {each.repeat === 'unsafe' && '; never repeated by guess'}
          </span>
        </li>
      ))}
    </ul>
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
