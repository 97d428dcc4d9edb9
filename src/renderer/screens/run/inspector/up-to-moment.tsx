import { History } from 'lucide-react'
import { useZone } from '../../../state/preferences.ts'
import { exactTime } from '../../../widgets/time/format.ts'
import { useRestedMoment } from '../state/view.ts'

/** Says of a list that it ends at the moment that is looked at; nothing at the present. */
export function UpToMoment() {
  const zone = useZone()
  const moment = useRestedMoment()
  if (moment === undefined) return null
  return (
    <p className="up-to-moment" role="note">
      <History size={14} aria-hidden />
      <span>
        Up to checkpoint {moment.number} · <span className="mono">{exactTime(moment.at, zone)}</span>
      </span>
    </p>
  )
}
