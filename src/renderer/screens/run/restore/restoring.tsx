/**
 * Sending the run back. What that leads to is read once more as a button is pressed: it is done at once where nothing
 * outside is touched, and asked for a second time otherwise; either way on the very state that was read, and only where
 * nobody else has acted on the run since what stands beside the button was told. A run that goes on meanwhile takes no
 * press away: each is answered by what it did, or by why it did nothing.
 */
import { useNavigate } from '@tanstack/react-router'
import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react'
import { type Preview, reachesOutside } from '../../../../model/preview.ts'
import { useApi } from '../../../state/client.ts'
import { FollowingContext } from '../state/following.ts'
import { useSelect } from '../state/selection.ts'
import { ConfirmRestore } from './confirm-restore.tsx'
import { foresee, goBack, takeBack, tellMovedOn } from './going-back.ts'
import type { StandingUndo } from './standing-undo.ts'
import { isAsTold, reachesNoFurther, type Wish } from './wish.ts'

export interface Restoring {
  readonly isBusy: boolean
  /** Sends the run that is shown back, where that still leads to what was told. */
  readonly restore: (wish: Omit<Wish, 'run'>, told: Preview) => void
  /** Takes a restore of it back: asked for a second time where that would touch the outside world. */
  readonly undo: (undo: StandingUndo) => void
}

const RestoringContext = createContext<Restoring | undefined>(undefined)

/** @throws Error outside a run's screen */
export function useRestoring(): Restoring {
  const restoring = use(RestoringContext)
  if (restoring === undefined) throw new Error('no run can be restored here')
  return restoring
}

/** Lets what is within send the run back. */
export function RestoringRun({ children }: { readonly children: ReactNode }) {
  const api = useApi()
  const following = use(FollowingContext)
  const select = useSelect()
  const showWish = useShowWish()
  const [isBusy, setBusy] = useState(false)
  const [asked, setAsked] = useState<Wish>()

  const go = useCallback(
    async (wish: Wish, preview: Preview) => {
      setBusy(true)
      const record = await goBack(api, wish, preview, showWish)
      setBusy(false)
      setAsked(undefined)
      if (record === undefined) return
      const nothing = { step: undefined, iteration: undefined, attempt: undefined, against: undefined, tab: undefined }
      select({ ...nothing, checkpoint: undefined, branch: undefined })
    },
    [api, select, showWish],
  )
  const lookAgain = useCallback(
    async (wish: Wish, holds: (now: Preview) => boolean) => {
      setBusy(true)
      const preview = await foresee(api, wish)
      setBusy(false)
      if (preview === undefined || holds(preview)) return preview
      tellMovedOn(preview)
      return undefined
    },
    [api],
  )
  const ask = useCallback(
    async (wanted: Omit<Wish, 'run'>, told: Preview) => {
      const run = following?.getState().run?.detail.record.id
      if (run === undefined) return
      const wish = { run, ...wanted }
      const preview = await lookAgain(wish, (now) => isAsTold(told, now))
      if (preview === undefined) return
      if (reachesOutside(preview)) setAsked(wish)
      else await go(wish, preview)
    },
    [following, lookAgain, go],
  )
  const confirm = useCallback(
    async (wish: Wish, told: Preview) => {
      const preview = await lookAgain(wish, (now) => isAsTold(told, now) && reachesNoFurther(told, now))
      if (preview !== undefined) await go(wish, preview)
    },
    [lookAgain, go],
  )
  const undo = useCallback(
    async ({ leaves }: StandingUndo) => {
      const run = following?.getState().run?.detail.record.id
      if (run === undefined) return
      setBusy(true)
      await takeBack(api, { run, left: leaves }, showWish)
      setBusy(false)
    },
    [api, following, showWish],
  )
  const restoring = useMemo(
    (): Restoring => ({ isBusy, restore: (wish, told) => void ask(wish, told), undo: (standing) => void undo(standing) }),
    [isBusy, ask, undo],
  )
  return (
    <RestoringContext value={restoring}>
      {children}
      {asked !== undefined && (
        <ConfirmRestore
          wish={asked}
          isBusy={isBusy}
          onClose={() => setAsked(undefined)}
          onConfirm={(wish, told) => void confirm(wish, told)}
        />
      )}
    </RestoringContext>
  )
}

/** Leads to what a wish would lead to, from wherever somebody is meanwhile. */
function useShowWish(): (wish: Wish) => void {
  const navigate = useNavigate()
  return useCallback(
    ({ run, checkpoint }) =>
      void navigate({ to: '/runs/$run', params: { run }, search: { checkpoint, tab: 'restore' } }),
    [navigate],
  )
}
