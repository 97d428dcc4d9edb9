import { Link } from '@tanstack/react-router'
import type { DamagedRuns } from '../../../model/views.ts'
import { counted } from '../../../model/counted.ts'

/** Says which runs a list is without, since they are damaged, and leads to what to do about that. */
export function DamagedRunsLink({ damaged }: { readonly damaged: DamagedRuns }) {
  if (damaged.length === 0) return null
  return (
    <Link to="/integrity" className="link" data-tone="failure" title={damaged.slice(0, mostNamed).join('\n')}>
      {damagedInWords(damaged)}
    </Link>
  )
}

/** Under the pointer so many are named: those of a store that has more are beyond being looked at one by one. */
const mostNamed = 20

/** One is named by the end of its id, as wherever a run is. */
export function damagedInWords(damaged: DamagedRuns): string {
  const [only, another] = damaged
  if (only !== undefined && another === undefined) return `Run ${only.slice(-8)} is damaged, and not shown`
  return `${counted(damaged.length, 'run')} are damaged, and not shown`
}
