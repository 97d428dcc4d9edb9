import { Link } from '@tanstack/react-router'
import type { ResourceStanding } from '../../../model/resource.ts'
import { ShortId } from '../../widgets/identity/short-id.tsx'
import { Lasted } from '../../widgets/time/times.tsx'
import { Meter } from './meter.tsx'
import { limitInWords } from './words.ts'
import '../../widgets/table/plain-table.css'

/** The limits and bulkheads, each with what of it is in use and who is next. */
export function LimitTable({ limits }: { readonly limits: readonly ResourceStanding[] }) {
  return (
    <div className="plain-table limit-table" role="region" aria-label="Limits" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Limit</th>
            <th scope="col">In use</th>
            <th scope="col">Waiting</th>
            <th scope="col">Next, and waits</th>
          </tr>
        </thead>
        <tbody>
          {limits.map((limit) => (
            <Row key={limit.name} limit={limit} />
          ))}
        </tbody>
      </table>
    </div>
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
              {next.workflow} <ShortId id={next.run} />
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
