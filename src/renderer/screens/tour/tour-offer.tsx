import { Footprints } from 'lucide-react'
import { useCounts } from '../../state/counts.ts'
import { Button } from '../../widgets/button/button.tsx'
import { useTour } from './use-tour.ts'
import './tour-offer.css'

/** The tour is offered where no run was ever started, once; after that it is a word there. */
export function TourOffer() {
  const counts = useCounts()
  const hands = useTour()
  const isUntouched = counts !== undefined && Object.values(counts.byStatus).every((count) => count === 0)
  if (!isUntouched || hands === undefined || hands.tour?.isOn === true) return null
  const { tour, take, leave } = hands
  return (
    <section className="tour-offer" aria-label="Tour">
      <Footprints size={16} aria-hidden />
      <p>
        {tour === undefined && <b>New here? </b>}
        The tour takes five minutes and a run of your own: start it, watch it, decide, look back, go back.
      </p>
      <div className="ways">
        {tour === undefined && (
          <Button tone="quiet" onPress={leave}>
            Not now
          </Button>
        )}
        <Button tone={tour === undefined ? 'primary' : 'quiet'} onPress={take}>
          Take the tour
        </Button>
      </div>
    </section>
  )
}
