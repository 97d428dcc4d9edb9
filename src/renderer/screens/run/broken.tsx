import { ORPCError } from '@orpc/client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Api } from '../../../contract/index.ts'
import { errors } from '../../../contract/errors.ts'
import type { RunId } from '../../../model/ids.ts'
import type { RunState } from '../../../model/views.ts'
import { useApi } from '../../state/client.ts'
import { NotTold } from '../../widgets/feedback/not-told.tsx'
import { JsonTree } from '../../widgets/json/json-tree.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import './broken.css'

/** A run that cannot be shown: why, what of it can be read, and the way to what can be done, and to the others. */
export function Broken({ run, problem }: { readonly run: RunId; readonly problem: Error }) {
  const api = useApi()
  const isDamaged = problem instanceof ORPCError && problem.code === 'CORRUPTION'
  const { data: left } = useQuery({ enabled: isDamaged, queryKey: ['runs', 'left', run], queryFn: () => stateLeft(api, run) })
  return (
    <div className="broken-run">
      <NotTold title="The run cannot be shown" error={problem} />
      {isDamaged && left === null && <p className="quiet">No state of it can be read: a backup has the run as it was.</p>}
      {left && (
        <Panel title={`Its state at checkpoint ${left.checkpoint.number}`}>
          <JsonTree value={{ input: left.input, context: left.context, outputs: latest(left) }} label="What can be read of the run" />
        </Panel>
      )}
      <p>
        <Link to="/runs" className="link">
          All runs
        </Link>
      </p>
    </div>
  )
}

/** The state at the head or, where that is damaged, at the newest checkpoint before it that is whole; null where none is. */
async function stateLeft(api: Api, run: RunId): Promise<RunState | null> {
  try {
    return await api.runs.state({ run })
  } catch (error) {
    const damage = error instanceof ORPCError ? errors.CORRUPTION.data.safeParse(error.data).data : undefined
    const nearest = damage?.nearest ?? null
    return nearest === null ? null : api.runs.state({ run, checkpoint: nearest })
  }
}

function latest({ outputs }: RunState): Record<string, RunState['input']> {
  return Object.fromEntries(Object.entries(outputs).map(([step, passes]) => [step, passes.at(-1)?.output ?? null]))
}
