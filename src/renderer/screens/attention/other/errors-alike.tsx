import { useQuery } from '@tanstack/react-query'
import type { ErrorGroup } from '../../../../model/error-record.ts'
import type { ErrorStatus } from '../../../../model/status.ts'
import { useApi } from '../../../state/client.ts'
import { RecoveryTimeline } from '../../../widgets/recoveries/recovery-timeline.tsx'
import { SidePart } from '../../../widgets/side-part/side-part.tsx'
import { errorLook } from '../../../widgets/status/look.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'
import { counted } from '../../../../model/counted.ts'

/** The errors of the last day that are like this, whether their runs failed of them or not; undefined while that is not known. */
export function useErrorsAlike(fingerprint: string): ErrorGroup | undefined {
  const api = useApi()
  const { data } = useQuery({ queryKey: ['errors'], queryFn: () => api.errorRecords.groups({}), meta: { follows: ['statuses', 'decisions'] } })
  return data?.groups.find((group) => group.fingerprint === fingerprint)
}

const shown: readonly ErrorStatus[] = ['recovered', 'failed', 'waiting', 'recovering', 'withdrawn']

/** How often it came, and how that ended. */
export function ErrorsAlike({ group: { count, runs, outcomes } }: { readonly group: ErrorGroup }) {
  return (
    <SidePart title="How like errors ended" count={count}>
      <ul>
        {shown
          .filter((status) => outcomes[status] > 0)
          .map((status) => (
            <li key={status}>
              <StatusBadge look={errorLook[status]} /> {outcomes[status]}
            </li>
          ))}
      </ul>
      <p className="quiet">in {counted(runs, 'run')} of the last 24 hours</p>
    </SidePart>
  )
}

/** What was done about the newest of them. */
export function NewestRecovery({ group: { newest } }: { readonly group: ErrorGroup }) {
  if (newest.run === null) return null
  return (
    <section aria-label="What was done about the newest">
      <h3>What was done about the newest</h3>
      <RecoveryTimeline error={newest.error} />
    </section>
  )
}
