import { ChevronRight } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'

interface ExpandableProps {
  /** What the button says. */
  readonly head: ReactNode
  readonly openAtFirst?: boolean
  /** Made only while it is open. */
  readonly children: () => ReactNode
}

/** A button, and beneath it what it opens. */
export function Expandable({ head, openAtFirst = false, children }: ExpandableProps) {
  const [open, setOpen] = useState(openAtFirst)
  const id = useId()
  return (
    <>
      <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <ChevronRight size={13} className={open ? 'open' : ''} aria-hidden />
        {head}
      </button>
      <div id={id}>{open && children()}</div>
    </>
  )
}
