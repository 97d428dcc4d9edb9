import { Link } from '@tanstack/react-router'
import { Activity } from 'lucide-react'
import type { RunUse } from '../../../model/storage-use.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { MarkedRunId } from '../../widgets/replay/marked-run-id.tsx'
import { ByteTable } from './byte-table.tsx'

/** The runs that take most, with all that they left. */
export function RunsPart({ runs }: { readonly runs: readonly RunUse[] | undefined }) {
  if (runs?.length === 0) {
    return (
      <Empty icon={Activity} title="There are no runs">
        The heaviest of them would stand here.
      </Empty>
    )
  }
  const rows = runs?.map(({ run, workflow, bytes }) => ({
    id: run,
    name: (
      <Link to="/runs/$run" params={{ run }} title={run}>
        <MarkedRunId run={run} whole />
      </Link>
    ),
    bytes,
    note: workflow,
  }))
  return <ByteTable label="The heaviest runs" of="Run" note="Workflow" rows={rows} />
}
