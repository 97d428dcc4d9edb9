import type { RunsNext } from '../../../model/ahead.ts'
import { SidePart } from '../side-part/side-part.tsx'
import { lengthOfTime } from '../time/format.ts'
import type { TitleOf } from './wording.ts'

interface NextPartsProps {
  readonly runs: readonly RunsNext[]
  readonly titleOf: TitleOf
  readonly level?: 3 | 4
  /** Of what runs for certain. */
  readonly title?: string
  /** Said where nothing runs, not even perhaps; otherwise the part is left out. */
  readonly none?: string
  /** Why a step runs, where more is known of that than what it hangs on. */
  readonly because?: (step: RunsNext) => string | undefined
}

/** What runs, and what may, in an order in which each stands after what it needs. */
export function NextParts({ runs, titleOf, level = 3, title = 'Runs', none, because }: NextPartsProps) {
  const certain = runs.filter((each) => each.certain)
  const possible = runs.filter((each) => !each.certain)
  const line = (each: RunsNext) => (
    <li key={each.step}>
      <span>{titleOf(each.step)}</span>
      <span className="quiet">{because?.(each) ?? each.why ?? lengthOf(each)}</span>
    </li>
  )
  return (
    <>
      {(certain.length > 0 || (none !== undefined && possible.length === 0)) && (
        <SidePart title={title} count={certain.length} level={level}>
          {certain.length === 0 ? <p className="quiet">{none}</p> : <ul>{certain.map(line)}</ul>}
        </SidePart>
      )}
      {possible.length > 0 && (
        <SidePart title="May run" count={possible.length} level={level}>
          <ul>{possible.map(line)}</ul>
        </SidePart>
      )}
    </>
  )
}

const lengthOf = ({ certain, typical }: RunsNext): string => (certain && typical !== null ? `about ${lengthOfTime(typical)}` : '')
