import { Footprints } from 'lucide-react'
import { Button } from '../../widgets/button/button.tsx'
import { isBegun } from './tour-store.ts'
import { useTour } from './use-tour.ts'

/** Where somebody looks for help. */
export function TourLink({ onTaken }: { readonly onTaken: () => void }) {
  const hands = useTour()
  if (hands === undefined || hands.tour?.isOn === true) return null
  const { tour, take } = hands
  return (
    <Button
      tone="quiet"
      icon={Footprints}
      onPress={() => {
        onTaken()
        take()
      }}
    >
      {isBegun(tour) ? 'Take up the tour again' : 'Take the tour'}
    </Button>
  )
}
