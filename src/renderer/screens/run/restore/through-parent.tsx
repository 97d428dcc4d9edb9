import { Link } from '@tanstack/react-router'
import { CornerLeftUp } from 'lucide-react'
import type { Parent } from '../../../../model/run.ts'
import { ShortId } from '../../../widgets/identity/short-id.tsx'
import { Part } from '../inspector/part.tsx'
import { useCalmly } from '../state/calm.ts'
import './through-parent.css'

/** Said of whatever would send a child back by itself. */
export const throughParent = 'a child is restored through its parent, which begins another'

/** The step of the parent that the shown run was begun for; null where it is nobody's child. */
export function useParent(): Parent | null {
  return useCalmly(({ run }) => run.detail.record.parent)
}

/** Where a child is sent back: at the step of its parent that it was begun for. */
export function ThroughParent({ parent }: { readonly parent: Parent }) {
  const { run, step } = parent
  return (
    <Part title="Go back through its parent">
      <p className="quiet">
        This run is a child: step {step} of run <ShortId id={run} /> began it. Sending that run back to before {step} begins another child, and brings
        this one to its end where it is under way, with what it did undone. What this leads to is told there first.
      </p>
      <p className="through-parent">
        <ParentLink parent={parent} />
      </p>
    </Part>
  )
}

/** Leads to where “Run from here” stands for the step that began the child. */
export function ParentLink({ parent: { run, step, iteration } }: { readonly parent: Parent }) {
  return (
    <Link to="/runs/$run" params={{ run }} search={{ step, iteration, tab: 'step' }} className="button">
      <CornerLeftUp size={14} aria-hidden /> Run from {step} in its parent…
    </Link>
  )
}
