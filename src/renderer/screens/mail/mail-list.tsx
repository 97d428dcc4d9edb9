import { Link } from '@tanstack/react-router'
import { Inbox, Send } from 'lucide-react'
import { memo, useRef } from 'react'
import type { HostInfo } from '../../../contract/host.ts'
import type { MailSummary } from '../../../contract/mail.ts'
import { type AboutRun, useAboutRun } from '../../state/about-run.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { ShownText } from '../../widgets/text/shown-text.tsx'
import { spelled } from '../../widgets/text/unseen.ts'
import { Age } from '../../widgets/time/times.tsx'
import { Addresses } from './addresses.tsx'
import { useInSight } from './use-in-sight.ts'

export const mailRow = (id: string): string => `mail:${id}`
export const readerPlace = 'mail-reader'

interface MailListProps {
  readonly mail: readonly MailSummary[] | undefined
  readonly chosen: string | undefined
  /** Where the mail of the workspace goes; undefined until it is known. */
  readonly route: HostInfo['mail'] | undefined
}

/** Received messages, newest first. */
export function MailList({ mail, chosen, route }: MailListProps) {
  return (
    <>
      {mail === undefined && <Skeleton lines={6} height="72px" />}
      {mail?.length === 0 && <NoMail route={route} />}
      <ul>
        {mail?.map((each) => (
          <Row key={each.id} mail={each} isChosen={each.id === chosen} />
        ))}
      </ul>
    </>
  )
}

function NoMail({ route }: Pick<MailListProps, 'route'>) {
  if (route?.to === 'server') {
    return (
      <Empty icon={Send} title="Mail of this workspace is really sent">
        It goes to {route.smtp}, and no copy stays here. Without <code>smtp.url</code> in cairn.config.yaml it is caught here instead.
      </Empty>
    )
  }
  if (route?.to === 'nowhere') {
    return (
      <Empty icon={Inbox} title="Mail is not shown here">
        This console only shows the store; what was caught is in the folder .cairn/mail of the workspace.
      </Empty>
    )
  }
  return (
    <Empty icon={Inbox} title="No mail has come in yet">
      What a run of this workspace sends is caught here and delivered nowhere.
    </Empty>
  )
}

function senderInWords({ step }: NonNullable<MailSummary['sentBy']>, sender: AboutRun | undefined): string {
  return sender === undefined ? `by ${step}` : `by ${step} of ${sender.workflow}${sender.origin === null ? (sender.disarmed ? ', of a replay' : '') : ', a replay'}`
}

const Row = memo(function Row({ mail, isChosen }: { readonly mail: MailSummary; readonly isChosen: boolean }) {
  const { id, from, to, subject, receivedAt, sentBy } = mail
  const place = useRef<HTMLLIElement>(null)
  const isSeen = useInSight(place)
  const sender = useAboutRun(isSeen ? sentBy?.run : undefined)
  return (
    <li ref={place}>
      <Link
        id={mailRow(id)}
        className="row"
        to="/mail"
        search={{ id }}
        aria-current={isChosen}
        onClick={() => requestAnimationFrame(() => document.getElementById(readerPlace)?.focus())}
      >
        <span className="head">
          <span className="name clipped" title={spelled(to.join(', '))}>
            <Addresses all={to} />
          </span>
          <span className="quiet">
            <Age at={receivedAt} />
          </span>
        </span>
        <span className="clipped" title={spelled(subject)}>
          {subject === '' ? <span className="quiet">without a subject</span> : <ShownText text={subject} />}
        </span>
        <span className="quiet clipped" title={spelled(sentBy === null ? from : `${from}, ${senderInWords(sentBy, sender)}`)}>
          from <ShownText text={from} />
          {sentBy !== null && `, ${senderInWords(sentBy, sender)}`}
        </span>
      </Link>
    </li>
  )
})
