import type { ReactElement } from 'react'
import { ResponsiveContainer } from 'recharts'
import './charts.css'

interface ChartFrameProps {
  /** What the chart shows, in a sentence. */
  readonly label: string
  readonly columns: readonly string[]
  /** The same figures in words and numbers, for whoever does not see them drawn. */
  readonly rows: readonly (readonly string[])[]
  readonly className?: string
  readonly children: ReactElement
}

/** A chart with its name, in the room that it is given, and with its figures as a table that is not drawn. */
export function ChartFrame({ label, columns, rows, className, children }: ChartFrameProps) {
  return (
    <figure className={`chart ${className ?? ''}`} aria-label={label}>
      <div className="drawing">
        <ResponsiveContainer width="100%" height="100%">
          {children}
        </ResponsiveContainer>
      </div>
      <table className="unseen">
        <caption>{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, index) => (
                <td key={columns[index]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
