/**
 * Something that is done to many runs: its stages, and what became of each run. It goes on while other screens are
 * shown. One at a time: the next begins when this one is closed.
 *
 * Invariants:
 * 1. A result is shown as it came, in its order; nothing counts as done before its result says so.
 * 2. Between stages nothing happens until a person goes on.
 * 3. Stopping begins no further run; those that were begun still have their results where these came in time.
 */
import { create } from 'zustand'
import type { Each, EachItem, EachResult } from '../../../../contract/each.ts'
import type { Api } from '../../../../contract/index.ts'
import type { ActionName } from './actions.ts'
import type { Stages } from './stages.ts'

export interface Job {
  readonly action: ActionName
  readonly reason: string | null
  readonly stages: Stages
  readonly stage: number
  readonly results: readonly EachResult[]
  readonly failed: number
  readonly phase: 'under way' | 'between' | 'stopped' | 'finished' | 'broken'
  /** Why it broke off; null where it did not. */
  readonly trouble: string | null
}

export const useJob = create<{ readonly job: Job | null }>()(() => ({ job: null }))

let stopping = new AbortController()

export async function begin(api: Api, action: ActionName, stages: Stages, reason: string | null): Promise<void> {
  useJob.setState({
    job: { action, reason, stages, stage: 0, results: [], failed: 0, phase: 'under way', trouble: null },
  })
  await perform(api)
}

/** Goes on with the next stage. */
export async function goOn(api: Api): Promise<void> {
  change((job) => ({ ...job, stage: job.stage + 1, phase: 'under way' }))
  await perform(api)
}

export function stop(): void {
  stopping.abort()
  change((job) => (job.phase === 'under way' || job.phase === 'between' ? { ...job, phase: 'stopped' } : job))
}

export function closeJob(): void {
  stop()
  useJob.setState({ job: null })
}

function change(to: (job: Job) => Job): void {
  useJob.setState(({ job }) => ({ job: job === null ? null : to(job) }))
}

async function perform(api: Api): Promise<void> {
  const { job } = useJob.getState()
  if (job === null) return
  stopping = new AbortController()
  const { signal } = stopping
  const { stages, stage, action, reason, results } = job
  try {
    const on = await stages.on(stages.sizes[stage], results.map(({ run }) => run))
    if (on !== undefined) await follow(await api.runs.each({ action, on, reason } satisfies Each, { signal }), signal)
    if (signal.aborted) return
    change((now) => ({ ...now, phase: stage + 1 < stages.sizes.length ? 'between' : 'finished' }))
  } catch (error) {
    if (signal.aborted) return
    change((now) => ({ ...now, phase: 'broken', trouble: error instanceof Error ? error.message : String(error) }))
  }
}

/** Results are gathered until the next frame: the screen is drawn once for all that came meanwhile. */
async function follow(items: AsyncIterable<EachItem>, signal: AbortSignal): Promise<void> {
  let waiting: EachResult[] = []
  const draw = (): void => {
    const came = waiting
    waiting = []
    if (came.length === 0 || signal.aborted) return
    const failed = came.filter(hasFailed).length
    change((job) => ({ ...job, results: [...job.results, ...came], failed: job.failed + failed }))
  }
  for await (const item of items) {
    if (item.type !== 'result') continue
    waiting.push(item)
    if (waiting.length === 1) setTimeout(draw, 50)
  }
  draw()
}

export function hasFailed({ outcome }: EachResult): boolean {
  return outcome !== 'done'
}
