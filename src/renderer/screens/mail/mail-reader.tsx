import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ArrowLeft, MailOpen, SearchX } from 'lucide-react'
import { useApi } from '../../state/client.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { Message } from './message.tsx'
import './mail-reader.css'

/** The chosen message. */
export function MailReader({ id }: { readonly id: string | undefined }) {
  if (id === undefined) {
    return (
      <Empty icon={MailOpen} title="No message is chosen">
        Choose one of the list to read it.
      </Empty>
    )
  }
  return (
    <div className="mail-reader">
      <Link className="back" to="/mail" search={{}}>
        <ArrowLeft size={14} aria-hidden /> All mail
      </Link>
      <Chosen id={id} />
    </div>
  )
}

function Chosen({ id }: { readonly id: string }) {
  const api = useApi()
  const { data: mail, error } = useQuery({ queryKey: ['mail', 'one', id], queryFn: () => api.mail.get({ id }), placeholderData: keepPreviousData })
  if (error !== null) {
    return (
      <Empty icon={SearchX} title="This message is not here">
        {error.message}
      </Empty>
    )
  }
  return mail === undefined ? <Skeleton lines={6} /> : <Message key={mail.id} mail={mail} />
}
