import type { ReactNode } from 'react'
import './progress-bar.css'

interface ProgressBarProps {
  readonly label: string
  /** From 0 to 1; undefined where it cannot be said. */
  readonly done: number | undefined
  /** How far it has come, in words. */
  readonly children: ReactNode
}

/** How far something has come that takes long. */
export function ProgressBar({ label, done, children }: ProgressBarProps) {
  return (
    <div className="progress-bar">
      <progress aria-label={label} max={1} value={done} />
      <span className="quiet">{children}</span>
    </div>
  )
}
