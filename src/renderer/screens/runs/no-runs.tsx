import { CircleAlert, Inbox, SearchX } from 'lucide-react'
import { parse } from '../../../model/query/parse.ts'
import { Button } from '../../widgets/button/button.tsx'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import type { Asking } from './search.ts'
import { StartLink } from './start-link.tsx'

interface NoRunsProps {
  readonly asking: Asking
  readonly canAsk: boolean
  readonly isComing: boolean
  /** Whether there is any run at all. */
  readonly hasAny: boolean
  readonly error: Error | null
  readonly onClear: () => void
}

/** Why there are no rows, and the way out. */
export function NoRuns({ asking, canAsk, isComing, hasAny, error, onClear }: NoRunsProps) {
  const clear = <Button onPress={onClear}>Clear the query</Button>
  if (!canAsk) {
    const [problem] = parse(asking.query).problems
    return (
      <Empty icon={CircleAlert} title="The query cannot be read">
        <p>{problem?.message}. The way out stands under the query.</p>
        {clear}
      </Empty>
    )
  }
  if (error !== null) {
    return (
      <Empty icon={CircleAlert} title="The runs could not be read">
        <p>{error.message}</p>
        {clear}
      </Empty>
    )
  }
  if (isComing) return <Skeleton lines={12} />
  if (!hasAny) {
    return (
      <Empty icon={Inbox} title="No run has been started yet">
        <p>Runs of this workspace appear here as they start.</p>
        <StartLink />
      </Empty>
    )
  }
  return (
    <Empty icon={SearchX} title="No run fits">
      <p>
        There are runs, but none that <code>{asking.query}</code> finds.
      </p>
      {clear}
    </Empty>
  )
}
