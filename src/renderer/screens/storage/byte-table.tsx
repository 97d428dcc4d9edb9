import type { ReactNode } from 'react'
import { bytes } from '../../../model/bytes.ts'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { PlainTable } from '../../widgets/table/plain-table.tsx'
import './byte-table.css'

export interface ByteRow {
  readonly id: string
  readonly name: ReactNode
  readonly bytes: number
  /** What else is said of it. */
  readonly note?: ReactNode
}

interface ByteTableProps {
  /** What it is a table of, for whoever listens to it. */
  readonly label: string
  readonly of: string
  readonly note?: string
  /** Undefined until they are known. */
  readonly rows: readonly ByteRow[] | undefined
}

/** A line for each thing that takes room, its bar as long as its bytes are many beside those of the largest. */
export function ByteTable({ label, of, note, rows }: ByteTableProps) {
  if (rows === undefined) return <Skeleton lines={4} />
  const most = Math.max(1, ...rows.map((row) => row.bytes))
  const columns = [of, 'Bytes', <span key="bar" className="unseen">How much of the largest</span>, ...(note === undefined ? [] : [note])]
  return (
    <PlainTable label={label} columns={columns} className="byte-table">
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">{row.name}</th>
            <td title={`${row.bytes.toLocaleString('en')} bytes`}>
              {bytes(row.bytes)}
            </td>
            <td className="bar" aria-hidden>
              <span style={{ inlineSize: `${(100 * row.bytes) / most}%` }} />
            </td>
            {note !== undefined && <td className="note">{row.note}</td>}
          </tr>
        ))}
      </tbody>
    </PlainTable>
  )
}
