import { getRouteApi } from '@tanstack/react-router'
import type { Manifest } from '../../../model/manifest.ts'
import { WorkflowGraph } from '../../widgets/graph/workflow-graph.tsx'
import { StepSettings } from './step-settings.tsx'

const route = getRouteApi('/workflows/$workflow')

/** The definition drawn, and what the chosen step is set to. */
export function GraphTab({ manifest }: { readonly manifest: Manifest }) {
  const { step: selected } = route.useSearch()
  const navigate = route.useNavigate()
  const step = manifest.steps.find(({ id }) => id === selected)
  return (
    <div className="graph-tab">
      <WorkflowGraph
        manifest={manifest}
        selected={step?.id ?? null}
        onSelect={(id) => void navigate({ search: (before) => ({ ...before, step: id ?? undefined }), replace: true })}
        label={`Graph of ${manifest.title ?? manifest.name}`}
      />
      <aside aria-label="Settings of the step" tabIndex={0}>
        {step === undefined ? <p className="quiet">Choose a step to see what it is set to.</p> : <StepSettings step={step} />}
      </aside>
    </div>
  )
}
