import type { ReactNode } from 'react'
import { Expandable } from '../../../widgets/expandable/expandable.tsx'

interface DisclosureProps {
  readonly title: ReactNode
  readonly aside?: ReactNode
  readonly openAtFirst?: boolean
  /** Made only while it is open. */
  readonly children: () => ReactNode
}

export function Disclosure({ title, aside, openAtFirst = false, children }: DisclosureProps) {
  const head = (
    <>
      <span className="title clipped">{title}</span>
      {aside !== undefined && <span className="aside">{aside}</span>}
    </>
  )
  return (
    <div className="disclosure">
      <Expandable head={head} openAtFirst={openAtFirst}>
        {children}
      </Expandable>
    </div>
  )
}
