import { z } from 'zod'
import { FailureGroup } from '../../../model/attention.ts'
import { Failure } from '../../../model/failure.ts'
import { type Instant, RunId } from '../../../model/ids.ts'
import type { OpenIndex } from '../open-index.ts'
import { parsed } from '../parsed.ts'

/** Groups that are told of, and runs that are named of each. */
const mostGroups = 100
const mostRuns = 20

export interface FailureAnswers {
  failures(since: Instant): readonly FailureGroup[]
}

interface Stood {
  readonly run: string
  readonly fingerprint: string
  readonly at: Instant
}

export function failureAnswers({ index }: OpenIndex): FailureAnswers {
  // Who starts a run again under the correlation id of one that failed is seeing to it.
  const standing = index.prepare<[Instant], Stood>(
    `SELECT failed_run.run, fingerprint, at FROM failed_run JOIN run ON run.id = failed_run.run
     WHERE at >= ? AND run.status = 'failed' AND NOT EXISTS (
       SELECT 1 FROM run AS later
       WHERE later.correlation = run.correlation AND later.workflow = run.workflow AND later.number > run.number
         AND later.status NOT IN ('failed', 'cancelled', 'quarantined')
     )
     ORDER BY at DESC, failed_run.run DESC`,
  )
  const why = index.prepare<[string]>('SELECT workflow, step, failure FROM failed_run WHERE run = ?')

  const group = (fingerprint: string, stood: readonly Stood[]): FailureGroup => {
    const { workflow, step, failure } = parsed(Why, why.get(stood[0]?.run ?? ''))
    return {
      fingerprint,
      workflow,
      step,
      failure: parsed(Failure, JSON.parse(failure)),
      runs: stood.slice(0, mostRuns).map(({ run }) => parsed(RunId, run)),
      count: stood.length,
      firstAt: stood.at(-1)?.at ?? 0,
      lastAt: stood[0]?.at ?? 0,
    }
  }

  return {
    /** Runs that failed since then and that no later run makes good, by what went wrong; the newest group first. */
    failures: (since) =>
      [...Map.groupBy(standing.all(since), ({ fingerprint }) => fingerprint)]
        .slice(0, mostGroups)
        .map(([fingerprint, stood]) => group(fingerprint, stood)),
  }
}

const Why = z.object({ workflow: FailureGroup.shape.workflow, step: FailureGroup.shape.step, failure: z.string() })
