import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Mail } from '../../../contract/mail.ts'
import { useAboutRun } from '../../state/about-run.ts'
import { Callout } from '../../widgets/feedback/callout.tsx'
import { ShortId } from '../../widgets/identity/short-id.tsx'
import { ReplayMark } from '../../widgets/replay/replay-mark.tsx'
import { TabPanels } from '../../widgets/tabs/tab-panels.tsx'
import { PagedText } from '../../widgets/text/paged-text.tsx'
import { page } from '../../widgets/text/pages.ts'
import { ShownText } from '../../widgets/text/shown-text.tsx'
import { spelled } from '../../widgets/text/unseen.ts'
import { Time } from '../../widgets/time/times.tsx'
import { Addresses } from './addresses.tsx'
import { HtmlPart } from './html-part.tsx'
import { SourcePart } from './source-part.tsx'
import './message.css'

type Part = 'text' | 'html' | 'headers' | 'source'

/** A message: whom it is from and for, what sent it, and what it says. */
export function Message({ mail }: { readonly mail: Mail }) {
  const { subject, from, to, receivedAt, sentBy, text, html, headers, unreadable, source } = mail
  const [part, setPart] = useState<Part>(unreadable !== null ? 'source' : text === null && html !== null ? 'html' : 'text')
  const sender = useAboutRun(sentBy?.run)
  const textPanel = { name: 'text', title: 'Text', content: <TextPart text={text} /> } as const
  const htmlPanel = { name: 'html', title: 'HTML', content: <HtmlPart html={html ?? ''} title={spelled(subject)} /> } as const
  const headerPanel = { name: 'headers', title: 'Headers', count: headers.length, content: <Headers headers={headers} /> } as const
  const sourcePanel = { name: 'source', title: 'Source', content: <SourcePart source={source} /> } as const
  return (
    <article className="mail-message" aria-label={subject === '' ? 'Message without a subject' : spelled(subject)}>
      <header>
        <h2>{subject === '' ? 'Without a subject' : <ShownText text={subject} />}</h2>
        <dl>
          <div>
            <dt>From</dt>
            <dd>
              <ShownText text={from} />
            </dd>
          </div>
          <div>
            <dt>To</dt>
            <dd>
              <Addresses all={to} />
            </dd>
          </div>
          <div>
            <dt>Received</dt>
            <dd>
              <Time at={receivedAt} />
            </dd>
          </div>
          <div>
            <dt>Sent by</dt>
            <dd>
              {sentBy === null ? (
                <span className="quiet">its Message-ID names no step of this workspace</span>
              ) : (
                <>
                  <Link className="link" to="/runs/$run" params={{ run: sentBy.run }} search={{ step: sentBy.step, iteration: sentBy.iteration }}>
                    {sentBy.step}
                    {sentBy.iteration > 1 && `, iteration ${sentBy.iteration}`}
                  </Link>
                  {sender !== undefined && ` of ${sender.workflow}`}, run <ShortId id={sentBy.run} /> <ReplayMark of={sender} />
                </>
              )}
            </dd>
          </div>
        </dl>
      </header>
      {unreadable !== null && (
        <div className="warning">
          <Callout tone="attention" title="This is no message that can be read">
            <ShownText text={unreadable} />
          </Callout>
        </div>
      )}
      <TabPanels
        label="Parts of the message"
        chosen={part}
        onChoose={setPart}
        panels={[textPanel, ...(html === null ? [] : [htmlPanel]), headerPanel, sourcePanel]}
      />
    </article>
  )
}

function TextPart({ text }: { readonly text: string | null }) {
  const [length, setLength] = useState(page)
  if (text === null) return <p className="quiet none">There is no plain text in it.</p>
  return (
    <pre className="text">
      <PagedText text={text.trimEnd()} length={length} onLength={setLength} />
    </pre>
  )
}

function Headers({ headers }: { readonly headers: Mail['headers'] }) {
  return (
    <dl className="headers">
      {headers.map(({ name, value }, index) => (
        <div key={index}>
          <dt>
            <ShownText text={name} />
          </dt>
          <dd>
            <ShownText text={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
