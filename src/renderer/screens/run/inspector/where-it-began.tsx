import type { Cycle } from '../../../../model/cycle.ts'
import { useSelect } from '../state/selection.ts'

/** Leads to the pass with which the run began to go round in a circle. */
export function WhereItBegan({ cycle: { since } }: { readonly cycle: Cycle }) {
  const select = useSelect()
  return (
    <p className="where">
      <button type="button" className="link" onClick={() => select({ ...since, tab: 'step' })}>
        since iteration {since.iteration} of {since.step}
      </button>
    </p>
  )
}
