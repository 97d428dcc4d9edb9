/** Runs that policy has queued for later: a person looks at them, and drains or discards them. */
import { z } from 'zod'
import { DecisionRecord } from './decision.ts'
import { ErrorRecord } from './error-record.ts'
import { fingerprint } from './fingerprint.ts'
import { Instant, RunId, WorkflowName } from './ids.ts'
import { DamagedRuns } from './views.ts'

/**
 * One pass of a run in the dead-letter queue. It stands there since its decision was opened, and what is recommended there is what
 * draining it does.
 */
export const DeadLetter = z.object({
  run: RunId,
  workflow: WorkflowName,
  /** The run's version that this was read at. */
  runVersion: z.int().nonnegative(),
  decision: DecisionRecord,
  /** What it failed of, and all that was done about that. */
  error: ErrorRecord.nullable(),
})
export type DeadLetter = z.infer<typeof DeadLetter>

/** The same for those that failed of the same. */
export function likenessOf({ workflow, decision: { step, failure } }: DeadLetter): string {
  return failure === null ? `${workflow}|${step}` : fingerprint({ workflow, step }, failure)
}

/** What draining does about it. */
export function drainsBy({ decision: { recommended } }: DeadLetter): string {
  return recommended?.action ?? 'retry'
}

/** Where the queue goes on: after the one that stood last, whether or not it can be read. */
export const DeadLetterPlace = z.object({ at: Instant, id: z.string() })
export type DeadLetterPlace = z.infer<typeof DeadLetterPlace>

/** A page of the queue, what has stood longest first. `next` continues where it ends; `damaged` are runs that would stand among these. */
export const DeadLetterPage = z.object({ letters: z.array(DeadLetter), next: DeadLetterPlace.nullable(), damaged: DamagedRuns })
export type DeadLetterPage = z.infer<typeof DeadLetterPage>

/** The whole queue, read page by page: its letters and its damaged runs, each once; what else a page tells is as the last one does. */
export async function wholeQueue<Page extends DeadLetterPage>(read: (after: DeadLetterPlace | null) => Promise<Page>): Promise<Page> {
  const letters: DeadLetter[] = []
  const damaged = new Set<string>()
  for (let after: DeadLetterPlace | null = null; ; ) {
    const page: Page = await read(after)
    letters.push(...page.letters)
    for (const id of page.damaged) damaged.add(id)
    if (page.next === null) return { ...page, letters, damaged: [...damaged] }
    after = page.next
  }
}

/**
 * What became of a dead letter that was drained or discarded, as far as that is known. `requeued`: it failed again and is in the queue once
 * more. `asks`: a person is asked about it. `withdrawn`: the run went back or ended otherwise, and it matters no more. The last four: nothing
 * was done.
 */
export const LetterOutcome = z.enum(['recovered', 'requeued', 'asks', 'failed', 'withdrawn', 'discarded', 'conflict', 'refused', 'not_found', 'unavailable'])
export type LetterOutcome = z.infer<typeof LetterOutcome>
