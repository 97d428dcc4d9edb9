import { type ReactNode, useId } from 'react'
import './panel.css'

interface PanelProps {
  readonly title: string
  /** Stands at the end of the title's line. */
  readonly aside?: ReactNode
  /** Without padding, for what reaches from edge to edge. */
  readonly flush?: boolean
  readonly children: ReactNode
}

/** A titled part of a screen; a landmark for whoever listens to it. */
export function Panel({ title, aside, flush, children }: PanelProps) {
  const id = useId()
  return (
    <section className="panel" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside !== undefined && <div className="aside">{aside}</div>}
      </header>
      <div className={flush === true ? 'content flush' : 'content'}>{children}</div>
    </section>
  )
}
