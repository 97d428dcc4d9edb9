import type { StepId } from '../../../model/ids.ts'
import type { Manifest } from '../../../model/manifest.ts'
import type { FoldingControl } from './folding.ts'
import type { GraphStore } from './graph-store.ts'
import type { GraphRun } from './overlay.ts'
import type { Placed } from './use-layout.ts'

export interface WorkflowGraphProps {
  readonly manifest: Manifest
  /** Laid over the definition, live. */
  readonly run?: GraphRun | undefined
  readonly selected: StepId | null
  readonly onSelect: (step: StepId | null) => void
  /** Enter and a double press. */
  readonly onOpen?: ((step: StepId) => void) | undefined
  /** Its name for whoever does not see it. */
  readonly label: string
  /** Only the picture, for a place beside something else: no tools, and the wheel belongs to the page. */
  readonly small?: boolean
}

/** What the parts of a graph are given. A run is not among it: its changes reach each part alone, through the store. */
export interface CanvasProps extends Required<Omit<WorkflowGraphProps, 'run' | 'onOpen'>> {
  readonly hasRun: boolean
  readonly onOpen: (step: StepId) => void
  readonly placed: Placed
  readonly folding: FoldingControl
  readonly store: GraphStore
}
