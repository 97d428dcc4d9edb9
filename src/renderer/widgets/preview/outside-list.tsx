import type { ReactNode } from 'react'
import { Time } from '../time/times.tsx'
import { shortKey, type TitleOf, type Touch, touchInWords, traitsOf } from './wording.ts'
import './outside-list.css'

interface OutsideListProps {
  readonly outside: readonly Touch[]
  readonly titleOf: TitleOf
  /** Said of what the step did before, given when. */
  readonly again?: (at: ReactNode) => ReactNode
}

/** What touches the outside world, or may: what is certain first, each with the key that its receiver sees. */
export function OutsideList({ outside, titleOf, again = twice }: OutsideListProps) {
  return (
    <ul className="outside-list">
      {outside
        .toSorted((one, other) => Number(other.certain) - Number(one.certain))
        .map((each) => (
          <li key={`${each.step} ${each.phase} ${each.key ?? ''}`}>
            <span>{touchInWords(each, titleOf)}</span>
            {each.before !== null && <span>{again(<Time at={each.before} />)}</span>}
            <Traits of={each} />
          </li>
        ))}
    </ul>
  )
}

function Traits({ of }: { readonly of: Touch }) {
  const traits = traitsOf(of).join('; ')
  if (traits === '' && of.key === undefined) return null
  return (
    <span className="quiet">
      {of.key !== undefined && (
        <>
          key <code title={of.key}>{shortKey(of.key)}</code>
          {traits !== '' && '; '}
        </>
      )}
      {traits}
    </span>
  )
}

const twice = (at: ReactNode): ReactNode => <>It already happened, at {at}: it would happen twice.</>
