import { useMemo } from 'react'
import type { DecisionRecord } from '../../../../model/decision.ts'
import type { Address, RunId } from '../../../../model/ids.ts'
import type { RunDetail } from '../../../../model/views.ts'
import { Time } from '../../../widgets/time/times.tsx'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { SidePart } from '../../../widgets/side-part/side-part.tsx'
import { figureOf } from '../shown/pieces.ts'
import { useValue } from '../use-value.ts'
import { inWords } from '../words.ts'
import { happeningsBefore } from './before.ts'
import './before-part.css'

/** Earlier passes, and what people decided in the run so far. */
export function BeforePart({ detail, decision }: { readonly detail: RunDetail; readonly decision: DecisionRecord }) {
  const happenings = useMemo(() => happeningsBefore(detail, decision), [detail, decision])
  return (
    <SidePart title="Before">
      {happenings.length === 0 && <p className="quiet">This is the first thing that the run asks of a person.</p>}
      <ol className="before-part">
        {happenings.map(({ key, at, what, by, note, isEdited, output }) => (
          <li key={key}>
            <Time at={at} />
            <div>
              <ShownText text={what} />
              {by !== null && (
                <span className="quiet">
                  {' '}
                  by <ShownText text={by} />
                </span>
              )}
              {isEdited && <span className="quiet">, with an edit</span>}
              {output !== null && <Figure run={detail.record.id} output={output} />}
              {note !== null && note !== '' && (
                <p className="quiet">
                  “<ShownText text={note} />”
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </SidePart>
  )
}

/** The first figure of what a pass came to: by it, passes are told apart. */
function Figure({ run, output }: { readonly run: RunId; readonly output: Address }) {
  const value = useValue(run, output)
  const figure = value === undefined ? undefined : figureOf(value)
  if (figure === undefined) return null
  return (
    <span className="quiet">
      : <ShownText text={inWords(figure.name)} /> {figure.value}
    </span>
  )
}
