import type { ReactNode } from 'react'
import type { Tone } from '../../widgets/status/look.ts'

interface AsidePartProps {
  readonly title: string
  readonly count?: number
  readonly tone?: Tone | undefined
  readonly children: ReactNode
}

/** A titled part of what stands beside an item. */
export function AsidePart({ title, count, tone, children }: AsidePartProps) {
  return (
    <section className="aside-part">
      <h3 data-tone={tone}>
        <span>{title}</span>
        {count !== undefined && <span className="count">{count}</span>}
      </h3>
      {children}
    </section>
  )
}
