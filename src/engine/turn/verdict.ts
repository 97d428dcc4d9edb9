import type { Actor } from '../../model/actor.ts'
import type { StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import type { Destination } from '../planner/migration.ts'

/** A person's answer, and what the definition made of it where the question was the author's. */
export interface Verdict {
  readonly action: string
  readonly note: string | null
  readonly by: Actor
  /** What the person changed or vouches for. */
  readonly edit: Json | null
  readonly settled: {
    readonly output: Json
    readonly next: StepId | null
    /** The whole changed output of the step that the approval edits. */
    readonly edited: Json | null
  } | null
  /** Where the run is to be sent back to, where that is the answer. */
  readonly destination: Destination | null
}
