import { Link } from '@tanstack/react-router'
import { HardDrive } from 'lucide-react'
import { bytes } from '../../../model/bytes.ts'
import { counted } from '../../../model/counted.ts'
import { StoragePart, type WorkflowUse } from '../../../model/storage-use.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { ByteTable } from './byte-table.tsx'
import { partWords } from './files.ts'

/** What the runs of each workflow take, and in which parts. */
export function WorkflowsPart({ workflows }: { readonly workflows: readonly WorkflowUse[] | undefined }) {
  if (workflows?.length === 0) {
    return (
      <Empty icon={HardDrive} title="No run has left anything yet">
        Once one is started, what it takes stands here.
      </Empty>
    )
  }
  const rows = workflows?.map(({ workflow, runs, bytes: size, parts }) => ({
    id: workflow,
    name: (
      <Link to="/storage" search={{ workflow }} title="Its values alone">
        {workflow}
      </Link>
    ),
    bytes: size,
    note: `${counted(runs, 'run')}: ${partsOf(parts)}`,
  }))
  return <ByteTable label="Bytes by workflow" of="Workflow" note="Of which" rows={rows} />
}

/** The parts that are there, the largest first. */
function partsOf(parts: WorkflowUse['parts']): string {
  return StoragePart.options
    .filter((part) => parts[part] > 0)
    .toSorted((one, other) => parts[other] - parts[one])
    .map((part) => `${partWords[part][0].toLowerCase()} ${bytes(parts[part])}`)
    .join(', ')
}
