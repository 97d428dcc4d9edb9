import { Link } from '@tanstack/react-router'
import { CircleSlash } from 'lucide-react'
import type { WorkflowEntry } from '../../../contract/workflows.ts'
import { FailureView } from '../../widgets/failure/failure-view.tsx'
import { Callout } from '../../widgets/feedback/callout.tsx'
import { Empty } from '../../widgets/feedback/empty.tsx'

interface CannotStartProps {
  readonly workflow: string
  readonly refused: WorkflowEntry | undefined
}

/** Why no run can be started, and what can be done about it. */
export function CannotStart({ workflow, refused }: CannotStartProps) {
  if (refused?.state !== 'refused') {
    return (
      <Empty icon={CircleSlash} title={`There is no workflow ${workflow} in this workspace`}>
        Its file may have been taken away. Runs that it has already go on.
        <p>
          <Link to="/workflows" className="link">
            All workflows
          </Link>
        </p>
      </Empty>
    )
  }
  return (
    <>
      <Callout tone="failure" title={`${refused.file} cannot be loaded as it stands, so no run can be started`}>
        <p className="quiet">Mend the file: this page goes on by itself as soon as it loads. Runs under way are not touched.</p>
      </Callout>
      {refused.failures.map((failure, index) => (
        <FailureView key={index} failure={failure} />
      ))}
    </>
  )
}
