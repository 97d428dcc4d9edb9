import { ChevronRight } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'

interface DisclosureProps {
  readonly title: ReactNode
  readonly aside?: ReactNode
  readonly openAtFirst?: boolean
  /** Made only while it is open. */
  readonly children: () => ReactNode
}

export function Disclosure({ title, aside, openAtFirst = false, children }: DisclosureProps) {
  const [open, setOpen] = useState(openAtFirst)
  const id = useId()
  return (
    <div className="disclosure">
      <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <ChevronRight size={13} className={open ? 'open' : ''} aria-hidden />
        <span className="title clipped">{title}</span>
        {aside !== undefined && <span className="aside">{aside}</span>}
      </button>
      <div id={id}>{open && children()}</div>
    </div>
  )
}
