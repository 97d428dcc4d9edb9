import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Mail as MailIcon } from 'lucide-react'
import type { MailSummary } from '../../../../contract/mail.ts'
import { useApi } from '../../../state/client.ts'
import { Empty } from '../../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { Time } from '../../../widgets/time/times.tsx'
import { useFollowed } from '../state/following.ts'
import { useSelection } from '../state/selection.ts'
import { useRestedMoment } from '../state/view.ts'
import { Facts } from './facts.tsx'
import { Part } from './part.tsx'

/** What the workspace's catcher received of the run, by a moment where one is looked at: of the selected step, or of all its steps. */
export function MailTab() {
  const api = useApi()
  const { step } = useSelection()
  const until = useRestedMoment()?.at ?? Infinity
  const run = useFollowed((known) => known.run.detail.record.id)
  const { data } = useQuery({
    queryKey: ['mail', run],
    queryFn: () => api.mail.list({ run }),
    meta: { follows: ['mail'] },
  })
  if (data === undefined) return <Skeleton lines={4} />
  const mail = data.mail.filter(({ sentBy, receivedAt }) => receivedAt <= until && (step === undefined || sentBy?.step === step))
  if (mail.length === 0) {
    return (
      <Empty icon={MailIcon} title={until === Infinity ? 'No message was caught' : 'No message had been caught by then'}>
        Messages that a real server took are not here.
      </Empty>
    )
  }
  return mail.map((message) => <Message key={message.id} message={message} />)
}

function Message({ message: { id, subject, from, to, receivedAt } }: { readonly message: MailSummary }) {
  const api = useApi()
  const { data } = useQuery({ queryKey: ['mail', 'message', id], queryFn: () => api.mail.get({ id }) })
  return (
    <Part
      title={subject === '' ? '(no subject)' : subject}
      aside={
        <Link className="link" to="/mail" search={{ id }}>
          Open
        </Link>
      }
    >
      <Facts of={{ from, to: to.join(', '), received: <Time at={receivedAt} /> }} />
      {data === undefined ? (
        <Skeleton lines={4} height="20px" />
      ) : (
        <pre className="letter">{data.text ?? data.unreadable ?? 'It has no text, only HTML.'}</pre>
      )}
    </Part>
  )
}
