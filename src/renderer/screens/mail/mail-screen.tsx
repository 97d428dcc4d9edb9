import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useMemo } from 'react'
import { useApi } from '../../state/client.ts'
import { type Command, useCommands } from '../../state/commands.ts'
import { ListAndPage } from '../../widgets/list-and-page/list-and-page.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { MailList, mailRow, readerPlace } from './mail-list.tsx'
import { MailReader } from './mail-reader.tsx'

const route = getRouteApi('/mail')

/** What runs have sent, as the catcher of the workspace received it. */
export function MailScreen() {
  const api = useApi()
  const { id } = route.useSearch()
  const navigate = useNavigate({ from: '/mail' })
  const { data: mail } = useQuery({
    queryKey: ['mail', 'list'],
    queryFn: async () => (await api.mail.list({})).mail,
    meta: { follows: ['mail'] },
    placeholderData: keepPreviousData,
  })

  const { data: host } = useQuery({ queryKey: ['host'], queryFn: () => api.host.info(), meta: { follows: ['host'] } })

  const commands = useMemo((): readonly Command[] => {
    const none = mail === undefined || mail.length === 0 ? 'no mail has come in' : undefined
    const show = (to: string | undefined): void => {
      void navigate({ search: to === undefined ? {} : { id: to }, replace: true }).then(() => {
        const row = document.getElementById(mailRow(to ?? id ?? ''))
        row?.focus()
        row?.scrollIntoView({ block: 'nearest' })
      })
    }
    const move = (step: 1 | -1) => (): void => {
      if (mail === undefined || mail.length === 0) return
      const place = mail.findIndex((each) => each.id === id)
      show(mail[place < 0 ? 0 : Math.min(mail.length - 1, Math.max(0, place + step))]?.id)
    }
    return [
      { id: 'mail/next', title: 'Next message', section: 'Mail', icon: ArrowDown, keys: 'j', unavailable: none, run: move(1) },
      { id: 'mail/previous', title: 'Previous message', section: 'Mail', icon: ArrowUp, keys: 'k', unavailable: none, run: move(-1) },
      { id: 'mail/close', title: 'Close the message', section: 'Mail', icon: X, keys: 'Escape', run: () => show(undefined) },
    ]
  }, [mail, id, navigate])
  useCommands(commands)

  return (
    <Screen title="Mail" full actions={host?.mail.to === 'catcher' ? <span className="quiet">Caught on this machine; nothing of it was delivered</span> : undefined}>
      <ListAndPage
        isOpened={id !== undefined}
        list={{ label: 'Received mail', content: <MailList mail={mail} chosen={id} route={host?.mail} /> }}
        page={{ id: readerPlace, label: 'The chosen message', content: <MailReader id={id} /> }}
      />
    </Screen>
  )
}
