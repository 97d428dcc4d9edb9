import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useApi } from '../../state/client.ts'
import { NotTold } from '../../widgets/feedback/not-told.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { FilesPart } from './files-part.tsx'
import { ReplacedPanel } from './replaced-panel.tsx'
import { RetentionPanel } from './retention-panel.tsx'
import { RunsPart } from './runs-part.tsx'
import { ValuesPart } from './values-part.tsx'
import { WorkflowsPart } from './workflows-part.tsx'
import './storage-screen.css'

/** While runs go on, it is read again no more often than this: it adds up a line for each field of each step. */
const pace = 3_000

/** Where the bytes are, and what of the past is to go. */
export function StorageScreen() {
  const api = useApi()
  const { data: use, error } = useQuery({
    queryKey: ['storage'],
    queryFn: () => api.storage.get(),
    meta: { follows: ['runs', 'statuses', 'host'], pace },
    placeholderData: keepPreviousData,
  })

  const isLost = error !== null && use === undefined
  return (
    <Screen title="Storage">
      <div className="storage-screen">
        {error !== null && <NotTold title="Where the bytes are cannot be told" error={error} />}
        {!isLost && (
          <Panel title="On the disk">
            <FilesPart use={use} />
          </Panel>
        )}
        {use !== undefined && use.beside.replaced.length > 0 && <ReplacedPanel replaced={use.beside.replaced} />}
        <RetentionPanel />
        {!isLost && (
          <>
            <Panel title="By workflow" flush>
              <WorkflowsPart workflows={use?.workflows} />
            </Panel>
            <ValuesPart use={use} />
            <Panel title="Runs that weigh most" flush>
              <RunsPart runs={use?.heaviest} />
            </Panel>
          </>
        )}
      </div>
    </Screen>
  )
}
