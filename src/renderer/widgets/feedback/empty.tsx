import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import './feedback.css'

interface EmptyProps {
  readonly icon: LucideIcon
  /** Which kind of empty: nothing yet, nothing that fits, nothing any more. */
  readonly title: string
  readonly children?: ReactNode
}

export function Empty({ icon: Icon, title, children }: EmptyProps) {
  return (
    <div className="empty">
      <Icon size={22} aria-hidden />
      <p className="title">{title}</p>
      {children !== undefined && <div className="quiet">{children}</div>}
    </div>
  )
}
