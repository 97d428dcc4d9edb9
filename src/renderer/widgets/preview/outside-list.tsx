import type { Before } from '../../../model/before.ts'
import { passOfKey } from '../../../model/idempotency-key.ts'
import { Time } from '../time/times.tsx'
import { shortKey, type TitleOf, type Touch, touchInWords, traitsOf } from './wording.ts'
import './outside-list.css'

interface OutsideListProps {
  readonly outside: readonly Touch[]
  readonly titleOf: TitleOf
}

/** What touches the outside world, or may: what is certain first, each with the key that its receiver sees. */
export function OutsideList({ outside, titleOf }: OutsideListProps) {
  return (
    <ul className="outside-list">
      {outside
        .toSorted((one, other) => Number(other.certain) - Number(one.certain))
        .map((each) => (
          <li key={`${each.step} ${each.phase} ${each.key ?? ''}`}>
            <span>{touchInWords(each, titleOf)}</span>
            <Traits of={each} />
            {each.before.map((before) => (
              <BeforeLine key={`${before.key} ${before.at}`} before={before} of={each} />
            ))}
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
          key <Key of={of.key} />
          {traits !== '' && '; '}
        </>
      )}
      {traits}
    </span>
  )
}

/** What the step did before, or may have done: here, or in the run that is replayed. */
function BeforeLine({ before: { key, at, inDoubt }, of }: { readonly before: Before; readonly of: Touch }) {
  const isOwn = of.key !== undefined && passOfKey(of.key)?.run === passOfKey(key)?.run
  const [happened, again] = (isOwn ? ownWords : othersWords)[inDoubt ? 'inDoubt' : 'done']
  return (
    <span>
      {happened} at <Time at={at} />, under the key <Key of={key} />: {again}.
    </span>
  )
}

const ownWords = {
  done: ['It already happened,', 'it would happen twice'],
  inDoubt: ['It may have happened, begun', 'nobody knows, and it could happen twice'],
} as const

const othersWords = {
  done: ['The run that is replayed did it', 'armed, it happens once more'],
  inDoubt: ['The run that is replayed may have done it, begun', 'nobody knows, and armed, it could happen twice'],
} as const

function Key({ of }: { readonly of: string }) {
  return <code title={of}>{shortKey(of)}</code>
}
