/** Sends a run back, tells what came of it, and offers to take it back where nothing outside was touched. */
import { safe } from '@orpc/client'
import type { Api } from '../../../../contract/index.ts'
import { type Preview, reachesOutside } from '../../../../model/preview.ts'
import type { RunRecord } from '../../../../model/run.ts'
import { tell } from '../../../widgets/feedback/toasts.tsx'
import { lookOfRun } from '../../../widgets/status/look.ts'
import { ownRestores } from './own-restores.ts'
import { standUndo } from './standing-undo.ts'
import { outcomeOf, type Wish } from './wish.ts'

/** What taking a restore back does, for who may press it. */
const undoInWords = 'Undo (U) restores once more, to where the run was: what waited there begins its time anew.'

const nothingDone = 'Nothing was restored'

/** What the wish leads to now; undefined, and told why, where that cannot be said. */
export async function foresee(api: Api, { run, checkpoint, definition }: Omit<Wish, 'reason'>): Promise<Preview | undefined> {
  const { error, data } = await safe(api.runs.preview({ run, checkpoint, definition }))
  if (data === undefined) tell.failed(nothingDone, error instanceof Error ? error.message : undefined)
  return data
}

/** Somebody else has acted on the run since it was told what going back leads to. */
export function tellMovedOn({ checkpoint }: Preview): void {
  tell.failed(`${nothingDone}: the run has moved on`, `What going back to checkpoint ${checkpoint} leads to is not what you were told: look again.`)
}

/**
 * Does what was foreseen, on the state that it was foreseen of. What taking it back would lead to is read when somebody
 * wants that; `ask` is called with it where it would touch the outside world.
 */
export async function goBack(
  api: Api,
  { run, checkpoint, definition, reason }: Wish,
  seen: Preview,
  ask: (wish: Wish) => void,
): Promise<RunRecord | undefined> {
  const own = ownRestores.begin(run, seen.branch)
  const why = reason.trim() === '' ? null : reason.trim()
  const { error, data, isDefined } = await safe(api.runs.restore({ run, checkpoint, definition, revision: seen.revision.hash, reason: why, seen: seen.version }))
  if (data !== undefined) {
    const told = `Restored checkpoint ${checkpoint}`
    if (reachesOutside(seen)) tell.done(told, outcomeOf(data))
    else {
      standUndo(run, seen)
      tell.done(told, `${outcomeOf(data)} ${undoInWords}`, { label: 'Undo', run: () => void takeBack(api, { run, left: seen.leaves }, ask) })
    }
    return data
  }
  own.failed()
  if (isDefined && error.code === 'CONFLICT') {
    const now = lookOfRun({ status: error.data.status, waiting: null }).word.toLowerCase()
    tell.failed(`${nothingDone}: the run is ${now} now`, `${error.message}.`)
  } else tell.failed(nothingDone, error instanceof Error ? error.message : undefined)
  return undefined
}

/** To where the branch was left. */
export async function takeBack(api: Api, { run, left }: { readonly run: Wish['run']; readonly left: number }, ask: (wish: Wish) => void): Promise<void> {
  const { error, data } = await safe(api.runs.branches({ run }))
  const checkpoint = data?.branches.find(({ number }) => number === left)?.head
  if (checkpoint === undefined) {
    tell.failed('Nothing was taken back', error instanceof Error ? error.message : undefined)
    return
  }
  const wish: Wish = { run, checkpoint, definition: 'pinned', reason: `Undone: back to where the run was, at checkpoint ${checkpoint}` }
  const foreseen = await foresee(api, wish)
  if (foreseen === undefined) return
  if (reachesOutside(foreseen)) ask(wish)
  else await goBack(api, wish, foreseen, ask)
}
