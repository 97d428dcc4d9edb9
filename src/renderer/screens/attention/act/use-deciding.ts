import { safe } from '@orpc/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Disconnected } from '../../../../client/line.ts'
import type { Json } from '../../../../model/json.ts'
import type { DecisionView } from '../../../../model/views.ts'
import { useClient } from '../../../state/client.ts'
import { tell } from '../../../widgets/feedback/toasts.tsx'
import { lookOfRun } from '../../../widgets/status/look.ts'
import { useDrafts } from '../drafts.ts'
import { said } from './actions.ts'
import { type Obstacle, obstacleOf } from './obstacle.ts'
import { outcomeOf } from './outcome.ts'

/** How long the run is watched for what became of the answer, in milliseconds. */
const patience = 10_000

export interface Given {
  readonly action: string
  readonly note: string
  readonly edit: Json | undefined
  /** Where `restore` goes back to. */
  readonly checkpoint: number | null
}

type Conflict = Extract<Obstacle, { type: 'conflict' }>

export interface Deciding {
  readonly give: (given: Given) => void
  /** The action that is being given. */
  readonly busy: string | undefined
  readonly obstacle: Obstacle | undefined
}

/** Gives an answer on the state that was shown, and tells what became of it once that is known. */
export function useDeciding({ run, runVersion, decision }: DecisionView, onDone: () => void): Deciding {
  const client = useClient()
  const queries = useQueryClient()

  const report = async (action: string, decidedAt: number): Promise<void> => {
    const title = said(decision.kind, action)
    const outcome = await outcomeOf(client.followRun(run, { signal: AbortSignal.timeout(patience) }), decidedAt)
    if (outcome === undefined || outcome.isGood) tell.done(title, outcome?.words)
    else tell.failed(title, outcome.words)
  }

  /** What stood in the way stands beside the answers; where nobody is asked any more there are none. */
  const tellIfClosed = async ({ status, message }: Conflict): Promise<void> => {
    const { data } = await safe(client.api.decisions.get({ run, decision: decision.id }))
    if (data === undefined || data.decision.status === 'pending') return
    const { word } = lookOfRun({ status, waiting: null })
    tell.failed(`Your answer was not taken: the run is ${word.toLowerCase()} now`, `${message}.`)
  }

  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: ({ action, note, edit, checkpoint }: Given) =>
      client.api.decisions.decide({
        run,
        decision: decision.id,
        action,
        seen: runVersion,
        note: note.trim() === '' ? null : note,
        checkpoint,
        ...(edit !== undefined && { edit }),
      }),
    onSuccess: ({ updatedAt }, { action }) => {
      useDrafts.getState().drop(decision.id)
      onDone()
      void report(action, updatedAt)
    },
    onError: (thrown) => {
      void queries.invalidateQueries({ predicate: ({ meta }) => meta?.follows?.includes('decisions') === true })
      const obstacle = obstacleOf(thrown)
      if (obstacle?.type === 'conflict') void tellIfClosed(obstacle)
      if (thrown instanceof Disconnected) tell.failed('The host does not answer', 'It is not known whether your answer was taken: look again once it is back.')
      else if (obstacle === undefined) tell.failed('Your answer was not taken', thrown.message)
    },
  })

  return { give: mutate, busy: isPending ? variables.action : undefined, obstacle: error === null ? undefined : obstacleOf(error) }
}
