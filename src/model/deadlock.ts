/** Runs that wait for one another: each for what the next one holds, the last for what the first does. */
import { z } from 'zod'
import { RunId, StepId, WorkflowName } from './ids.ts'
import { nameInWords } from './resource.ts'

/** A run of the circle, and where it waits for the next one. */
export const DeadlockLink = z.object({
  run: RunId,
  workflow: WorkflowName,
  /** Null where the run as a whole waits to begin. */
  step: StepId.nullable(),
  iteration: z.int().min(1).nullable(),
  /** The resource or limit that it waits for, which the next one holds; null where the next one is its child, which has to end. */
  wants: z.string().nullable(),
  /** Its place among those that wait: as if it had waited since then, and nobody went before others. Of a child there is none. */
  turn: z.int().optional(),
})
export type DeadlockLink = z.infer<typeof DeadlockLink>

export const Deadlock = z.array(DeadlockLink).min(1)
export type Deadlock = z.infer<typeof Deadlock>

/** `"…" waits at deploy for staging, which "…" holds; that waits …` */
export function deadlockInWords(links: Deadlock): string {
  const waits = links.map((link, index) => {
    const next = links[(index + 1) % links.length] ?? link
    const at = link.step === null ? 'waits to begin' : `waits at ${link.step}`
    const what = link.wants === null ? `for its child ${named(next)}` : `for ${nameInWords(link.wants)}, held by ${named(next)}`
    return `${named(link)} ${at} ${what}`
  })
  return waits.join('; ')
}

function named({ workflow, run }: DeadlockLink): string {
  return `${workflow} "${run}"`
}
