import { counted } from '../../../model/counted.ts'
import type { WorkflowHealth } from '../../../model/workflow-views.ts'
import './outcome-bar.css'

/** How runs ended, in words and as shares of a bar. */
export function OutcomeBar({ health: { runs, completed, failed, cancelled } }: { readonly health: WorkflowHealth }) {
  const ended = completed + failed + cancelled
  if (runs === 0) return <span className="quiet">No run</span>
  const success = completed + failed === 0 ? '' : `, ${Math.round((completed / (completed + failed)) * 100)}% succeeded`
  return (
    <span className="outcome-bar">
      <span>
        {counted(runs, 'run')}
        {success}
        {failed > 0 && <span className="quiet">, {failed.toLocaleString('en')} failed</span>}
      </span>
      <span className="bar" aria-hidden>
        <span className="success" style={{ flexGrow: completed }} />
        <span className="failure" style={{ flexGrow: failed }} />
        <span className="inactive" style={{ flexGrow: cancelled }} />
        <span className="open" style={{ flexGrow: Math.max(0, runs - ended) }} />
      </span>
    </span>
  )
}
