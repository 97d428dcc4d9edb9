import { Link } from '@tanstack/react-router'
import { Play } from 'lucide-react'
import type { WorkflowEntry } from '../../../contract/workflows.ts'
import type { WorkflowHealth } from '../../../model/workflow-views.ts'
import { counted } from '../../../model/counted.ts'
import { lengthOfTime } from '../../widgets/time/format.ts'
import { Age } from '../../widgets/time/times.tsx'
import { OutcomeBar } from './outcome-bar.tsx'

type Ready = Extract<WorkflowEntry, { state: 'ready' }>

interface WorkflowTableProps {
  readonly workflows: readonly Ready[]
  readonly health: readonly WorkflowHealth[] | undefined
}

export function WorkflowTable({ workflows, health }: WorkflowTableProps) {
  return (
    <table className="workflow-table">
      <thead>
        <tr>
          <th scope="col">Workflow</th>
          <th scope="col">Runs, 24 h</th>
          <th scope="col" className="number">
            p50
          </th>
          <th scope="col" className="number">
            p95
          </th>
          <th scope="col">Last failure</th>
          <th scope="col">
            <span className="unseen">Start</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {workflows.map((workflow) => (
          <WorkflowRow
            key={workflow.name}
            workflow={workflow}
            health={health?.find((each) => each.workflow === workflow.name)}
            isKnown={health !== undefined}
          />
        ))}
      </tbody>
    </table>
  )
}

interface WorkflowRowProps {
  readonly workflow: Ready
  readonly health: WorkflowHealth | undefined
  /** How the workflows fare has been read. */
  readonly isKnown: boolean
}

function WorkflowRow({ workflow, health, isKnown }: WorkflowRowProps) {
  const { name, title, version, file, steps, description } = workflow
  return (
    <tr>
      <th scope="row">
        <Link to="/workflows/$workflow" params={{ workflow: name }} className="name clipped" title={description}>
          {title ?? name}
        </Link>
        <span className="about clipped" title={file}>
          <code>{name}</code> version {version} · {counted(steps.length, 'step')} · {file}
        </span>
      </th>
      <td>{health === undefined ? <span className="quiet">{isKnown ? 'No run' : '–'}</span> : <OutcomeBar health={health} />}</td>
      <td className="number">{durationOf(health?.p50)}</td>
      <td className="number">{durationOf(health?.p95)}</td>
      <td>
        <LastFailure failure={health?.lastFailure ?? null} />
      </td>
      <td>
        <Link to="/workflows/$workflow/start" params={{ workflow: name }} className="button" aria-label={`Start ${title ?? name}`}>
          <Play size={14} aria-hidden />
          <span>Start</span>
        </Link>
      </td>
    </tr>
  )
}

const durationOf = (millis: number | null | undefined): string => (millis === null || millis === undefined ? '–' : lengthOfTime(millis))

function LastFailure({ failure }: { readonly failure: WorkflowHealth['lastFailure'] }) {
  if (failure === null) return <span className="quiet">None</span>
  return (
    <Link to="/runs/$run" params={{ run: failure.run }} className="failed clipped" title={failure.failure?.message}>
      <Age at={failure.at} />: {failure.failure?.message}
    </Link>
  )
}
