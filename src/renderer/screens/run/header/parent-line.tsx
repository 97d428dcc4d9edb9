import { Link } from '@tanstack/react-router'
import { Workflow } from 'lucide-react'
import { ShortId } from '../../../widgets/identity/short-id.tsx'
import { useCalmly } from '../state/calm.ts'

/** Which run this one is a child of: leads to the step that began it. */
export function ParentLine() {
  const { parent } = useCalmly(({ run }) => run.detail.record)
  if (parent === null) return null
  const { run, step, held } = parent
  return (
    <p className="replay-line">
      <span className="origin-link">
        <Workflow size={12} aria-hidden />
        <Link to="/runs/$run" params={{ run }} search={{ step }} className="link">
          child of <ShortId id={run} />, begun by {step}
        </Link>
        {held && <span className="quiet">paused with it</span>}
      </span>
    </p>
  )
}
