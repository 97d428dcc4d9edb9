/** How far somebody has come on the tour, in each workspace: kept in this browser, as their other preferences are. */
import { z } from 'zod'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { Instant, RunId } from '../../../model/ids.ts'
import { hostNow } from '../../state/now.ts'
import { StopName } from './stops.ts'

const Tour = z.object({
  /** Whether they are on it. */
  isOn: z.boolean(),
  at: StopName,
  /** When it was begun, by the host's clock: runs from then on are their own. */
  since: Instant,
  /** The run that it goes along with. */
  run: RunId.nullable(),
})
export type Tour = z.infer<typeof Tour>

/** By the workspace's folder: one browser may show several, from one address. */
const Kept = z.object({ tours: z.record(z.string(), Tour).catch({}) })

/** So many workspaces are remembered; the one that was touched longest ago is forgotten first. */
const most = 20

interface Tours extends z.infer<typeof Kept> {
  /** Goes on where it was left, or begins. */
  take(workspace: string): void
  /** Also where it was only offered: it is not offered again. */
  leave(workspace: string): void
  move(workspace: string, change: Partial<Pick<Tour, 'at' | 'run'>>): void
}

export const useTours = create<Tours>()(
  persist(
    (set) => {
      const write = (workspace: string, changed: (tour: Tour) => Tour): void => {
        set(({ tours: { [workspace]: tour = fresh(), ...others } }) => ({
          tours: Object.fromEntries([...Object.entries(others).slice(1 - most), [workspace, changed(tour)]]),
        }))
      }
      return {
        tours: {},
        take: (workspace) => write(workspace, (tour) => ({ ...(isBegun(tour) ? tour : fresh()), isOn: true })),
        leave: (workspace) => write(workspace, (tour) => ({ ...tour, isOn: false })),
        move: (workspace, change) => write(workspace, (tour) => ({ ...tour, ...change })),
      }
    },
    {
      name: 'cairn.tour',
      partialize: ({ tours }) => ({ tours }),
      merge: (stored, present) => ({ ...present, ...Kept.parse(stored ?? {}) }),
    },
  ),
)

const fresh = (): Tour => ({ isOn: false, at: 'start', since: hostNow(), run: null })

/** Left in the middle, to be taken up again. */
export function isBegun(tour: Tour | undefined): boolean {
  return tour !== undefined && tour.at !== 'start' && tour.at !== 'over'
}
