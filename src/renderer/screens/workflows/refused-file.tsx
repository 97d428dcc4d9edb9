import type { WorkflowEntry } from '../../../contract/workflows.ts'
import { FailureView } from '../../widgets/failure/failure-view.tsx'
import { Callout } from '../../widgets/feedback/callout.tsx'

interface RefusedFileProps {
  readonly refused: Extract<WorkflowEntry, { state: 'refused' }>
}

/** A file that is no workflow as it stands: what is wrong with it, where, and the way out. */
export function RefusedFile({ refused: { file, name, failures } }: RefusedFileProps) {
  return (
    <Callout tone="failure" title={`${file} cannot be loaded`}>
      <p className="quiet">
        {name === null ? 'No run of it can be started until it loads.' : `No new run of ${name} can be started until it loads; runs under way go on with the code that they pin.`}
      </p>
      <div className="refused-reasons">
        {failures.map((failure, index) => (
          <FailureView key={index} failure={failure} />
        ))}
      </div>
    </Callout>
  )
}
