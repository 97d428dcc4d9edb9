import { Footprints } from 'lucide-react'
import { useMemo } from 'react'
import { type Command, useCommands } from '../../state/commands.ts'
import { isBegun } from './tour-store.ts'
import { useTour } from './use-tour.ts'

const shared = { section: 'Console', icon: Footprints, also: 'tour help guide introduction first steps' } as const

/** The tour is taken, left and taken up again from everywhere. A screen that has something to close has Esc first. */
export function TourCommands() {
  const hands = useTour()
  const commands = useMemo((): readonly Command[] => {
    if (hands === undefined) return []
    const { tour, take, leave } = hands
    if (tour?.isOn === true) return [{ ...shared, id: 'tour', title: 'Leave the tour', keys: 'Escape', run: leave }]
    return [{ ...shared, id: 'tour', title: isBegun(tour) ? 'Take up the tour again' : 'Take the tour', run: take }]
  }, [hands])
  useCommands(commands)
  return null
}
