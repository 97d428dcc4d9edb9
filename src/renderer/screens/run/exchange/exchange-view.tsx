import type { HttpAnswerShown, HttpShown } from '../../../../model/http.ts'
import { bytes } from '../../../../model/bytes.ts'
import { JsonTree } from '../../../widgets/json/json-tree.tsx'
import { parseJson } from '../../../widgets/json/parse-json.ts'
import type { Tone } from '../../../widgets/status/look.ts'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { lengthOfTime } from '../../../widgets/time/format.ts'
import { Time } from '../../../widgets/time/times.tsx'
import { Disclosure } from '../inspector/disclosure.tsx'
import type { Exchange } from './exchanges-of.ts'
import './exchange-view.css'

/** A request and its answer, each as it was on the wire but for what proves who asks. `missing` says why there is no answer. */
export function ExchangeView({ exchange: { request, answer }, missing }: { readonly exchange: Exchange; readonly missing: string }) {
  return (
    <div className="http-exchange">
      <section aria-label="Request">
        <p className="first-line">
          {request.shown === undefined ? (
            <ShownText text={request.line} />
          ) : (
            <>
              <strong>{request.shown.method}</strong> <ShownText text={request.shown.url} />
            </>
          )}
          <span className="when">
            <Time at={request.at} />
          </span>
        </p>
        {request.shown !== undefined && <Sides of={request.shown} />}
      </section>
      <section aria-label="Answer">
        {answer === undefined && <p className="first-line quiet">{missing}</p>}
        {answer !== undefined && (
          <p className="first-line">
            {answer.shown === undefined ? <ShownText text={answer.line} /> : <StatusLine answer={answer.shown} />}
            <span className="when">
              {answer.shown !== undefined && <>after {lengthOfTime(answer.shown.took)} · </>}
              <Time at={answer.at} />
            </span>
          </p>
        )}
        {answer?.shown !== undefined && <Sides of={answer.shown} />}
      </section>
    </div>
  )
}

function StatusLine({ answer: { status, reason } }: { readonly answer: HttpAnswerShown }) {
  return (
    <span className="status" data-tone={toneOf(status)}>
      <strong>{status}</strong> <ShownText text={reason} />
    </span>
  )
}

function toneOf(status: number): Tone {
  if (status < 300) return 'success'
  if (status < 400) return 'inactive'
  return status === 429 ? 'attention' : 'failure'
}

function Sides({ of: { http, headers, body } }: { readonly of: HttpShown }) {
  const names = Object.entries(headers)
  const what = http === 'request' ? 'request' : 'answer'
  const size = body.bytes === null ? '' : bytes(body.bytes)
  return (
    <>
      <Disclosure title="Headers" aside={`${names.length}`}>
        {() => (
          <dl className="headers">
            {names.map(([name, value]) => (
              <div key={name}>
                <dt>
                  <ShownText text={name} />
                </dt>
                <dd>
                  <ShownText text={value} />
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Disclosure>
      {body.text === null || body.text === '' ? (
        <p className="quiet none">{body.bytes === null ? 'No body that can be shown' : 'No body'}</p>
      ) : (
        <Disclosure title="Body" aside={size} openAtFirst>
          {() => <Body text={body.text ?? ''} label={`Body of the ${what}`} />}
        </Disclosure>
      )}
    </>
  )
}

/** As a tree where it is JSON. */
function Body({ text, label }: { readonly text: string; readonly label: string }) {
  const { value } = parseJson(text)
  if (value !== undefined && typeof value === 'object') return <JsonTree value={value} label={label} />
  return (
    <pre className="body" tabIndex={0} aria-label={label}>
      <ShownText text={text} />
    </pre>
  )
}
