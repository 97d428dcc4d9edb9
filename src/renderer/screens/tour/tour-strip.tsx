import { useNavigate } from '@tanstack/react-router'
import { Footprints, X } from 'lucide-react'
import { useCallback, useId } from 'react'
import type { RunDetail } from '../../../model/views.ts'
import { Button } from '../../widgets/button/button.tsx'
import { numberOf, type StopName, stopAfter, stops } from './stops.ts'
import type { Tour } from './tour-store.ts'
import { useGoingOn } from './use-going-on.ts'
import { useMarkedPlace } from './use-marked-place.ts'
import { focusTour, tourPlace, useTour, type TourHands } from './use-tour.ts'
import './tour-strip.css'

/** The tour, while somebody is on it: a line of its own above every screen, which covers nothing and holds nobody. */
export function TourStrip() {
  const hands = useTour()
  return hands?.tour?.isOn === true ? <Strip tour={hands.tour} hands={hands} /> : null
}

function Strip({ tour, hands: { move, leave } }: { readonly tour: Tour; readonly hands: TourHands }) {
  const run = useGoingOn(tour, move)
  const { title, says, places } = stops[tour.at]
  useMarkedPlace(places)
  const words = useId()
  const ref = useCallback(
    (strip: HTMLElement) => {
      const press = (event: KeyboardEvent): void => {
        if (event.key !== 'Escape') return
        // From here it leaves the tour, whatever the screen would close by it.
        event.preventDefault()
        leave()
      }
      strip.addEventListener('keydown', press)
      return () => strip.removeEventListener('keydown', press)
    },
    [leave],
  )
  const show = useShow(tour.at, run)
  const skip = (): void => {
    move({ at: stopAfter(tour.at) })
    // What was pressed may be gone with the stop.
    requestAnimationFrame(focusTour)
  }
  const number = numberOf(tour.at)
  return (
    <aside
      className="tour-strip"
      id={tourPlace}
      tabIndex={-1}
      aria-label="Tour"
      aria-describedby={words}
      ref={ref}
    >
      <Footprints size={16} aria-hidden />
      <div className="words" id={words} role="status">
        <p>
          <b>{title}</b> {number !== undefined && <span>{number}</span>}
        </p>
        <p>{says}</p>
      </div>
      <div className="ways">
        {tour.at === 'over' ? (
          <Button tone="primary" onPress={leave}>
            Done
          </Button>
        ) : (
          <>
            <Button onPress={show}>Show me where</Button>
            <Button tone="quiet" onPress={skip}>
              Skip this
            </Button>
            <Button tone="quiet" icon={X} onPress={leave}>
              Leave the tour
            </Button>
          </>
        )}
      </div>
    </aside>
  )
}

/** Leads to where the stop happens. */
function useShow(at: StopName, run: RunDetail | undefined): () => void {
  const navigate = useNavigate()
  return () => {
    if (run === undefined) return void navigate({ to: at === 'start' ? '/workflows' : '/runs' })
    const { id } = run.record
    const asked = run.decisions.find(({ status }) => status === 'pending')
    if (at === 'decide' && asked !== undefined) return void navigate({ to: '/attention', search: { decision: `${id}.${asked.id}` } })
    void navigate({ to: '/runs/$run', params: { run: id }, search: at === 'back' ? { tab: 'restore' } : {} })
  }
}
