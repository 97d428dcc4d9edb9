import { RefreshCw } from 'lucide-react'
import { Button } from '../../widgets/button/button.tsx'
import { runsInWords } from './bulk/actions.ts'
import './list-footer.css'

interface ListFooterProps {
  /** How many runs the query finds now. */
  readonly count: number
  readonly isKnown: boolean
  /** Whether the list takes in new runs by itself. */
  readonly follows: boolean
  readonly error: Error | null
  readonly onRefresh: () => void
}

export function ListFooter({ count, isKnown, follows, error, onRefresh }: ListFooterProps) {
  return (
    <footer className="list-footer">
      <span>{isKnown ? runsInWords(count) : ''}</span>
      {error !== null && <span data-tone="failure" className="trouble">Some rows could not be read: {error.message}</span>}
      <span className="quiet state">{follows ? 'live' : 'held while you read'}</span>
      <Button tone="quiet" icon={RefreshCw} onPress={onRefresh}>
        Refresh
      </Button>
    </footer>
  )
}
