import { Link } from '@tanstack/react-router'
import type { RunSummary } from '../../../../model/views.ts'
import { newest, useNews } from '../../../state/news.ts'
import { ShortId } from '../../../widgets/identity/short-id.tsx'
import { otherwiseInWords } from '../../../widgets/replay/origin-words.ts'
import { lookOfRun } from '../../../widgets/status/look.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'
import { Age } from '../../../widgets/time/times.tsx'
import { Part } from '../inspector/part.tsx'
import { useReplays } from './use-replays.ts'

/** The runs that were begun as replays of this one. */
export function ReplaysPart() {
  const replays = useReplays()
  if (replays === undefined) return null
  const { runs, total, query } = replays
  return (
    <Part title="Replays of this run" aside={<span className="quiet">{total}</span>}>
      {total === 0 && <p className="quiet">There is none yet.</p>}
      <ul className="replay-list">
        {runs.map((run) => (
          <ReplayLine key={run.id} run={run} />
        ))}
      </ul>
      {total > runs.length && (
        <Link className="link" to="/runs" search={{ query }}>
          All {total} in the list of runs
        </Link>
      )}
    </Part>
  )
}

function ReplayLine({ run }: { readonly run: RunSummary }) {
  const told = useNews(({ runs }) => runs.get(run.id))
  const { id, origin, createdAt, status, waiting } = newest(run, told)
  const otherwise = origin === null ? null : otherwiseInWords(origin)
  return (
    <li>
      <Link to="/runs/$run" params={{ run: id }} className="link">
        <ShortId id={id} />
      </Link>
      <StatusBadge look={lookOfRun({ status, waiting })} />
      <span className="quiet clipped">
        from checkpoint {origin?.checkpoint}
        {otherwise !== null && `, ${otherwise}`} · <Age at={createdAt} />
      </span>
    </li>
  )
}
