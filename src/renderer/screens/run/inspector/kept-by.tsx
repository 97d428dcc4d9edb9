import type { Kept } from '../../../../model/run.ts'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { Time } from '../../../widgets/time/times.tsx'

/** Who has retention leave the run alone, and why. */
export function KeptBy({ kept: { by, why, at } }: { readonly kept: Kept }) {
  return (
    <span>
      from retention, by <ShownText text={by.name} /> <Time at={at} />
      {why !== null && (
        <>
          : <ShownText text={why} />
        </>
      )}
    </span>
  )
}
