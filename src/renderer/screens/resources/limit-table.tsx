import { Link } from '@tanstack/react-router'
import type { ResourceStanding } from '../../../model/resource.ts'
import { MarkedRunId } from '../../widgets/replay/marked-run-id.tsx'
import { PlainTable } from '../../widgets/table/plain-table.tsx'
import { Lasted } from '../../widgets/time/times.tsx'
import { Meter } from './meter.tsx'
import { limitInWords } from './words.ts'

/** The limits and bulkheads, each with what of it is in use and who is next. */
export function LimitTable({ limits }: { readonly limits: readonly ResourceStanding[] }) {
  return (
    <PlainTable label="Limits" columns={['Limit', 'In use', 'Waiting', 'Next, and waits']} className="limit-table">
      <tbody>
        {limits.map((limit) => (
          <Row key={limit.name} limit={limit} />
        ))}
      </tbody>
    </PlainTable>
  )
}

function Row({ limit: { name, capacity, held, waiting, waiters } }: { readonly limit: ResourceStanding }) {
  const [next] = waiters
  const { what, workflow, setting } = limitInWords(name)
  return (
    <tr>
      <th scope="row">
        {what}{' '}
        {workflow !== null && (
          <Link to="/workflows/$workflow" params={{ workflow }}>
            {workflow}
          </Link>
        )}{' '}
        <code className="quiet">{setting}</code>
      </th>
      <td>
        <Meter held={held} capacity={capacity} />
      </td>
      <td>{waiting === 0 ? <span className="quiet">none</span> : waiting.toLocaleString('en')}</td>
      <td>
        {next !== undefined && (
          <>
            <Link to="/runs/$run" params={{ run: next.run }} title={next.run}>
              {next.workflow} <MarkedRunId run={next.run} />
            </Link>{' '}
            <span className="since quiet">
              for <Lasted from={next.since} until={null} />
            </span>
          </>
        )}
      </td>
    </tr>
  )
}
