import type { ReactNode } from 'react'
import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import './feedback.css'

const icons = { failure: CircleAlert, attention: TriangleAlert, running: Info } as const

interface CalloutProps {
  readonly tone: keyof typeof icons
  readonly title: string
  readonly children?: ReactNode
  /** Said at once by a screen reader. */
  readonly urgent?: boolean
}

export function Callout({ tone, title, children, urgent }: CalloutProps) {
  const Icon = icons[tone]
  return (
    <div className="callout" data-tone={tone} role={urgent === true ? 'alert' : undefined}>
      <Icon size={15} aria-hidden />
      <div>
        <p className="title">{title}</p>
        {children}
      </div>
    </div>
  )
}
