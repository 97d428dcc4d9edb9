import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useApi } from '../../state/client.ts'
import type { DamagedRuns } from '../../../model/views.ts'
import { Button } from '../../widgets/button/button.tsx'
import { DamagedRunsLink } from '../../widgets/feedback/damaged-runs.tsx'
import { runsInWords } from './bulk/actions.ts'
import './list-footer.css'

/** So many entries the index may be behind while it follows the journal; it is behind by more only while it is made anew. */
const ofASlice = 1_000

interface ListFooterProps {
  /** How many runs the query finds now. */
  readonly count: number
  readonly isKnown: boolean
  /** The position of the journal that it is known as of. */
  readonly asOf: number
  /** Whether the list takes in new runs by itself. */
  readonly follows: boolean
  readonly damaged: DamagedRuns
  readonly error: Error | null
  readonly onRefresh: () => void
}

export function ListFooter({ count, isKnown, asOf, follows, damaged, error, onRefresh }: ListFooterProps) {
  const api = useApi()
  const { data: host } = useQuery({ queryKey: ['host'], queryFn: () => api.host.info(), meta: { follows: ['host'] } })
  const isBehind = (host?.position ?? 0) - asOf > ofASlice
  return (
    <footer className="list-footer">
      <span>{isKnown ? runsInWords(count) : ''}</span>
      {isKnown && isBehind && <span className="quiet" role="status">the index is being made: more will be found</span>}
      <DamagedRunsLink damaged={damaged} />
      {error !== null && <span data-tone="failure" className="trouble">Some rows could not be read: {error.message}</span>}
      <span className="quiet state">{follows ? 'live' : 'held while you read'}</span>
      <Button tone="quiet" icon={RefreshCw} onPress={onRefresh}>
        Refresh
      </Button>
    </footer>
  )
}
