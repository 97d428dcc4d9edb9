import { z } from 'zod'
import { RunId } from '../model/ids.ts'

/** Who acts, where the caller is not the person whom the host was started by. */
const ActorName = z.string().trim().min(1).max(200)

/** What every action on a run names. */
export const act = {
  run: RunId,
  /** The run's version that the person was shown; left out or null, it acts on whatever is there. */
  seen: z.int().nonnegative().nullable().optional(),
  actor: ActorName.optional(),
}

export const actor = ActorName.optional()

/** Why, in the words of the person. */
export const words = z.string().max(10_000).nullable().optional()
