import type { Look } from './look.ts'
import './status-badge.css'

interface StatusBadgeProps {
  readonly look: Look
  /** `line` stands in a table or a sentence; `pill` stands alone. */
  readonly as?: 'pill' | 'line'
}

/** A status as icon, word and colour together. */
export function StatusBadge({ look: { tone, word, icon: Icon }, as = 'line' }: StatusBadgeProps) {
  return (
    <span className={`status-badge ${as}`} data-tone={tone}>
      <Icon size={13} aria-hidden />
      <span className="clipped">{word}</span>
    </span>
  )
}
