import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import './bar-list.css'

interface BarListProps {
  /** Says what the rows are, and by what they are sorted. */
  readonly label: string
  /** By which the bars are drawn. */
  readonly className: string
  readonly children: ReactNode
}

/** The rows of a panel, each with a bar; it scrolls where there are more than it has room for. */
export function BarList({ label, className, children }: BarListProps) {
  return (
    <ul className={`bar-list ${className}`} tabIndex={0} aria-label={label}>
      {children}
    </ul>
  )
}

interface BarRowProps {
  readonly name: ReactNode
  /** The runs that it is about. */
  readonly query: string
  readonly figure: ReactNode
  readonly bar: ReactNode
  readonly title?: string
  /** What stands beneath the bar. */
  readonly children?: ReactNode
}

/** A name that leads to its runs, a figure, and both as a bar beneath, which says nothing that words do not. */
export function BarRow({ name, query, figure, bar, title, children }: BarRowProps) {
  return (
    <li className="bar-row" title={title}>
      <Link to="/runs" search={{ query }} className="clipped">
        {name}
      </Link>
      {figure}
      <span className="bar" aria-hidden>
        {bar}
      </span>
      {children}
    </li>
  )
}
