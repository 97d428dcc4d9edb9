import { times } from '../../../../model/counted.ts'
import type { StepManifest } from '../../../../model/manifest.ts'
import type { AttemptRecord } from '../../../../model/step.ts'
import { lengthOfTime } from '../../../widgets/time/format.ts'
import { Time } from '../../../widgets/time/times.tsx'
import { Facts } from '../inspector/facts.tsx'
import { Part } from '../inspector/part.tsx'
import type { Pass } from '../inspector/use-pass.ts'
import { useFollowed } from '../state/following.ts'
import { useSelection } from '../state/selection.ts'
import { useRestedMoment } from '../state/view.ts'
import { ExchangeView } from './exchange-view.tsx'
import { keyOf, timesSent } from './sent.ts'
import { useExchanges } from './use-exchanges.ts'

/** The request that an http step sends and what was answered; how often it was sent, and what the receiver asked for. */
export function RequestPart({ step, pass: { record, attempts } }: { readonly step: Extract<StepManifest, { kind: 'http' }>; readonly pass: Pass }) {
  const run = useFollowed((known) => known.run.detail.record.id)
  const { attempt: chosen } = useSelection()
  const asking = attempts.filter(({ phase }) => phase === 'run')
  const attempt = asking.find((each) => each.attempt === chosen) ?? asking.at(-1)
  const exchanges = useExchanges(step.id, record?.iteration, attempt?.attempt)
  const isMoment = useRestedMoment() !== undefined
  if (attempt === undefined || record === undefined) return null
  // Of an attempt that went on then its row tells whether it has come to its request since.
  const isYetToSend = isMoment && attempt.status === 'running' && exchanges.length === 0
  const sent = timesSent(step, isYetToSend ? asking.filter((each) => each !== attempt) : asking)
  const rest = attempt.failure?.retryAfter
  const until = attempt === asking.at(-1) ? (record.waiting?.until ?? null) : null
  return (
    <Part title={`Request${asking.length === 1 ? '' : ` of attempt ${attempt.attempt}`}`}>
      <Facts
        of={{
          sent: sent === 0 ? 'not yet' : times(sent),
          'under the key': keyOf(run, step, record) === null ? null : <code>{keyOf(run, step, record)}</code>,
          'receiver asks': rest !== undefined && (
            <>
              to be left alone for {lengthOfTime(rest)}
              {until !== null && (
                <>
                  : it is tried again at <Time at={until} />
                </>
              )}
            </>
          ),
        }}
      />
      {exchanges.length === 0 && <p className="quiet">{wordsOf(attempt)}</p>}
      {exchanges.map((exchange, index) => (
        <ExchangeView key={index} exchange={exchange} missing={missing(attempt)} />
      ))}
    </Part>
  )
}

/** Of an attempt of which no request is known. */
function wordsOf({ status, failure }: AttemptRecord): string {
  if (status === 'running') return 'It has not come to its request yet.'
  return failure?.name === 'RequestRefused' ? 'There was no request that could be sent.' : 'What it asked is not on record.'
}

function missing({ status, failure }: AttemptRecord): string {
  if (status === 'running') return 'No answer yet.'
  return failure?.name === 'NotSent' ? 'It was not sent: the receiver was not reached.' : 'No answer came.'
}
