import type { StepId } from '../../../model/ids.ts'
import type { Manifest } from '../../../model/manifest.ts'
import type { GraphRun } from './overlay.ts'

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
