import type { ReactNode } from 'react'
import './plain-table.css'

interface PlainTableProps {
  /** What it is a table of, for whoever listens to it. */
  readonly label: string
  readonly columns: readonly ReactNode[]
  readonly className?: string
  /** Its rows, in one `tbody` or several. */
  readonly children: ReactNode
}

/** A table that is read and not worked in. */
export function PlainTable({ label, columns, className = '', children }: PlainTableProps) {
  return (
    <div className={`plain-table ${className}`} role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((name, place) => (
              <th key={place} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        {children}
      </table>
    </div>
  )
}
