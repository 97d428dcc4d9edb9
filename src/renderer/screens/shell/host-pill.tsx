import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, Eye, LoaderCircle } from 'lucide-react'
import { useApi } from '../../state/client.ts'
import { useConnection } from '../../state/connection.ts'
import { useCounts } from '../../state/counts.ts'
import { Hint } from '../../widgets/tooltip/hint.tsx'
import './host-pill.css'

/** How the engine is, in a word and a figure. */
export function HostPill() {
  const api = useApi()
  const connection = useConnection()
  const { data: host } = useQuery({ queryKey: ['host'], queryFn: () => api.host.info(), meta: { follows: ['host'] } })
  const counts = useCounts()
  const { tone, icon: Icon, words, more } = standing()

  function standing() {
    if (connection !== 'open') {
      return { tone: 'attention', icon: LoaderCircle, words: 'Connecting', more: 'The host does not answer yet' } as const
    }
    if (host?.looks === true) {
      return { tone: 'inactive', icon: Eye, words: 'Only looking', more: `Nothing runs here; Cairn ${host.version}` } as const
    }
    if (host !== undefined && host.alarm !== null) {
      return { tone: 'failure', icon: CircleAlert, words: 'Store alarm', more: host.alarm.message } as const
    }
    if (host !== undefined && host.unlogged !== null) {
      return { tone: 'attention', icon: CircleAlert, words: 'No log', more: host.unlogged.message } as const
    }
    const running = counts === undefined ? '' : `${counts.byStatus.running.toLocaleString('en')} running`
    return { tone: 'success', icon: CircleCheck, words: running, more: `Engine healthy; Cairn ${host?.version ?? ''}` } as const
  }

  return (
    <Hint says={more}>
      <span className="host-pill" data-tone={tone} tabIndex={0}>
        <Icon size={13} aria-hidden />
        <span className="words">{words}</span>
      </span>
    </Hint>
  )
}
