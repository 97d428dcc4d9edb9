import { Link } from '@tanstack/react-router'
import { ShieldCheck } from 'lucide-react'
import { type Finding, keyOf } from '../../../model/integrity.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { MarkedRunId } from '../../widgets/replay/marked-run-id.tsx'
import { PlainTable } from '../../widgets/table/plain-table.tsx'
import { ShownText } from '../../widgets/text/shown-text.tsx'
import { spelled } from '../../widgets/text/unseen.ts'
import './findings-table.css'

/** A line for each thing that is not as it was written: what, of which run, and how far back that run is whole. */
export function FindingsTable({ findings }: { readonly findings: readonly Finding[] | undefined }) {
  if (findings === undefined) return <div className="findings-table" aria-busy />
  if (findings.length === 0) {
    return (
      <Empty icon={ShieldCheck} title="Nothing is damaged">
        As far as the store was looked at, every byte is what was written.
      </Empty>
    )
  }
  return (
    <PlainTable label="Findings" columns={['What', 'Its key', 'What is wrong', 'Run', 'Whole up to']} className="findings-table">
      <tbody>
        {findings.map((finding) => (
          <Row key={keyOf(finding)} finding={finding} />
        ))}
      </tbody>
    </PlainTable>
  )
}

function Row({ finding: { object, key, detail, run, nearest } }: { readonly finding: Finding }) {
  return (
    <tr>
      <th scope="row">{object}</th>
      <td className="clipped" title={spelled(key)}>
        <code>
          <ShownText text={key} />
        </code>
      </td>
      <td title={spelled(detail)}>
        <ShownText text={detail} />
      </td>
      <td>
        {run === null ? (
          <span className="quiet">none</span>
        ) : (
          <Link to="/runs/$run" params={{ run }} title={run}>
            <MarkedRunId run={run} />
          </Link>
        )}
      </td>
      <td>
        {run === null || nearest === null ? (
          <span className="quiet">none</span>
        ) : (
          <Link to="/runs/$run" params={{ run }} search={{ checkpoint: nearest }}>
            checkpoint {nearest}
          </Link>
        )}
      </td>
    </tr>
  )
}
