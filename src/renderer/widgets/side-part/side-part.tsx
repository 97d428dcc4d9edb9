import type { ReactNode } from 'react'
import type { Tone } from '../status/look.ts'
import './side-part.css'

interface SidePartProps {
  readonly title: string
  readonly count?: number
  readonly tone?: Tone | undefined
  /** Of its heading: one below that of what it belongs to. */
  readonly level?: 3 | 4
  readonly children: ReactNode
}

/** A titled part of what stands beside something. */
export function SidePart({ title, count, tone, level = 3, children }: SidePartProps) {
  const Heading = level === 3 ? 'h3' : 'h4'
  return (
    <section className="side-part">
      <Heading data-tone={tone}>
        <span>{title}</span>
        {count !== undefined && <span className="count">{count}</span>}
      </Heading>
      {children}
    </section>
  )
}
