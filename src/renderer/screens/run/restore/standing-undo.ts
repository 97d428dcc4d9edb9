/** Restores of this tab that can be taken back with a press: of each run the newest one, where it touched nothing outside. */
import { create } from 'zustand'
import type { RunId } from '../../../../model/ids.ts'
import type { Preview } from '../../../../model/preview.ts'

/** The checkpoint that was restored, the branch that the run left for that, and the one that it has gone on on. */
export type StandingUndo = Pick<Preview, 'checkpoint' | 'leaves' | 'branch'>

const useUndoStore = create<ReadonlyMap<RunId, StandingUndo>>()(() => new Map())

export function standUndo(run: RunId, undo: StandingUndo): void {
  useUndoStore.setState((undos) => new Map(undos).set(run, undo), true)
}

/** Undefined where the run has gone to yet another branch since, or nothing was restored from here that can be taken back. */
export function useStandingUndo(run: RunId, branch: number): StandingUndo | undefined {
  const undo = useUndoStore((undos) => undos.get(run))
  return undo?.branch === branch ? undo : undefined
}
