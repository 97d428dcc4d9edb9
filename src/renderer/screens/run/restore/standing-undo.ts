/**
 * Restores made from this browser that can be taken back with a press: of each run the newest one, where it touched nothing outside. They
 * outlive a reload, and every tab has them.
 */
import { useEffect } from 'react'
import { z } from 'zod'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import type { RunId } from '../../../../model/ids.ts'
import { Preview } from '../../../../model/preview.ts'

/** The checkpoint that was restored, the branch that the run left for that, and the one that it has gone on on. */
const StandingUndo = Preview.pick({ checkpoint: true, leaves: true, branch: true })
export type StandingUndo = z.infer<typeof StandingUndo>

const Undos = z.object({ undos: z.record(z.string(), StandingUndo) })
type Undos = z.infer<typeof Undos>

/** Those of other runs are let go, the oldest first. */
const most = 50
const none: Undos = { undos: {} }

const useUndoStore = create<Undos>()(
  persist((): Undos => none, {
    name: 'cairn.undos',
    storage: createJSONStorage(() => localStorage),
    merge: (stored) => Undos.catch(none).parse(stored),
  }),
)

export function standUndo(run: RunId, { checkpoint, leaves, branch }: StandingUndo): void {
  useUndoStore.setState(({ undos: { [run]: _, ...others } }) => ({
    undos: Object.fromEntries([...Object.entries(others), [run, { checkpoint, leaves, branch }] as const].slice(-most)),
  }))
}

/** Undefined where the run has gone to yet another branch since, or nothing was restored from here that can be taken back. */
export function useStandingUndo(run: RunId, branch: number): StandingUndo | undefined {
  useOtherTabs()
  const undo = useUndoStore(({ undos }) => undos[run])
  return undo?.branch === branch ? undo : undefined
}

/** What another tab restores is there to be taken back in this one, too. */
function useOtherTabs(): void {
  useEffect(() => {
    const heard = ({ key }: StorageEvent): void => {
      if (key === useUndoStore.persist.getOptions().name) void useUndoStore.persist.rehydrate()
    }
    window.addEventListener('storage', heard)
    return () => window.removeEventListener('storage', heard)
  }, [])
}
